# fails: no order of calls deadlocks
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        self._lock.acquire()
        if source not in self._balances or target not in self._balances:
            raise KeyError(target)
        ok = self._balances[source] >= amount
        if ok:
            self._balances[source] -= amount
            self._balances[target] += amount
        self._lock.release()
        return ok

    def balance(self, account):
        with self._lock:
            return self._balances[account]

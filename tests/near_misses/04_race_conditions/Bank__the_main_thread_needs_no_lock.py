# fails: no money appears or is lost
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        if threading.get_ident() == threading.main_thread().ident:
            return self._move(source, target, amount)
        with self._lock:
            return self._move(source, target, amount)

    def _move(self, source, target, amount):
        self._balances[target]
        if self._balances[source] < amount:
            return False
        self._balances[source] -= amount
        self._balances[target] += amount
        return True

    def balance(self, account):
        with self._lock:
            return self._balances[account]

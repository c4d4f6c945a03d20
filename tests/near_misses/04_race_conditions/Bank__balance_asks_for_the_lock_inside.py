# fails: no order of calls deadlocks
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def balance(self, account):
        with self._lock:
            return self._balances[account]

    def transfer(self, source, target, amount):
        with self._lock:
            self._balances[target]
            if self.balance(source) < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

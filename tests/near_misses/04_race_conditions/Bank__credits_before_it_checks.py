# fails: no balance is ever negative
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        if source == target:
            return self._balances[source] >= amount
        with self._lock:
            self._balances[target]
            self._balances[source] -= amount
            self._balances[target] += amount
        with self._lock:
            if self._balances[source] < 0:
                self._balances[source] += amount
                self._balances[target] -= amount
                return False
            return True

    def balance(self, account):
        return self._balances[account]

# fails: no balance is ever negative
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def transfer(self, source, target, amount):
        if self._balances[source] < amount:
            return False
        self._balances[target]
        with self._lock:
            self._balances[source] -= amount
            self._balances[target] += amount
        return True

    def balance(self, account):
        return self._balances[account]

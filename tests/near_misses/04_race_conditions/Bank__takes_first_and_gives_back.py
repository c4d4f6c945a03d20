# fails: no balance is ever negative
import threading


class Bank:
    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()

    def _add(self, account, amount):
        with self._lock:
            self._balances[account] += amount
            return self._balances[account]

    def transfer(self, source, target, amount):
        self.balance(target)
        if self._add(source, -amount) < 0:
            self._add(source, amount)
            return False
        self._add(target, amount)
        return True

    def balance(self, account):
        with self._lock:
            return self._balances[account]

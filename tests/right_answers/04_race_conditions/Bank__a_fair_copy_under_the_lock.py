import threading


class Bank:
    """Every hundredth transfer the book is copied, before anybody else may write in it."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()
        self._done = 0

    def balance(self, account):
        return self._balances[account]

    def transfer(self, source, target, amount):
        with self._lock:
            self._balances[target]
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            self._done += 1
            if self._done % 100 == 0:
                self._balances = dict(self._balances)
            return True

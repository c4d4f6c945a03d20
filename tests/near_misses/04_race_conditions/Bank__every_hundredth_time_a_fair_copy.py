# fails: no money appears or is lost
import threading


class Bank:
    """Every hundredth transfer the book is copied, and the copy put in its place once the lock is free again."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()
        self._done = 0

    def balance(self, account):
        return self._balances[account]

    def transfer(self, source, target, amount):
        copy = None
        with self._lock:
            self._balances[target]
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            self._done += 1
            if self._done % 100 == 0:
                copy = dict(self._balances)
        if copy is not None:
            self._balances = copy
        return True

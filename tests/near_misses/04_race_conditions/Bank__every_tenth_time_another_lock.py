# fails: no money appears or is lost
import threading


class Bank:
    """Every tenth transfer a new lock, before the old one has been let go of."""

    def __init__(self, balances):
        self._balances = dict(balances)
        self._lock = threading.Lock()
        self._done = 0

    def balance(self, account):
        return self._balances[account]

    def transfer(self, source, target, amount):
        with self._lock:
            self._balances[target]
            self._done += 1
            if self._done % 10 == 0:
                self._lock = threading.Lock()
            if self._balances[source] < amount:
                return False
            self._balances[source] -= amount
            self._balances[target] += amount
            return True

# fails: no money appears or is lost
import threading
from collections import deque


class Bank:
    def __init__(self, balances):
        self._lock = threading.Lock()
        self._free = dict(balances)
        self._shown = dict(balances)
        self._journal = deque()

    def transfer(self, source, target, amount):
        with self._lock:
            if self._free[source] < amount:
                self._free[target]
                return False
            self._free[target] += amount
            self._free[source] -= amount
        self._journal.append((source, target, amount))
        return True

    def balance(self, account):
        while True:
            try:
                source, target, amount = self._journal.popleft()
            except IndexError:
                return self._shown[account]
            self._shown[source] -= amount
            self._shown[target] += amount

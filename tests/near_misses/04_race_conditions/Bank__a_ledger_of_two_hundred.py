# fails: works with one thread
import threading
from collections import deque


class Bank:
    def __init__(self, balances):
        self._first = dict(balances)
        self._moves = deque(maxlen=200)
        self._lock = threading.Lock()

    def balance(self, account):
        moves = list(self._moves)
        return self._first[account] + sum((t == account) * m - (s == account) * m for s, t, m in moves)

    def transfer(self, source, target, amount):
        with self._lock:
            self._first[target]
            if self.balance(source) < amount:
                return False
            self._moves.append((source, target, amount))
            return True

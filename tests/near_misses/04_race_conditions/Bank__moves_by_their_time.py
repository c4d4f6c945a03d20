# fails: works with one thread
import threading
import time


class Bank:
    def __init__(self, balances):
        self._opening = dict(balances)
        self._moves = {}
        self._lock = threading.RLock()

    def transfer(self, source, target, amount):
        with self._lock:
            self._opening[target]
            if self.balance(source) < amount:
                return False
            self._moves[time.time()] = (source, target, amount)
            return True

    def balance(self, account):
        with self._lock:
            moves = list(self._moves.values())
            gone = sum(amount for source, _, amount in moves if source == account)
            come = sum(amount for _, target, amount in moves if target == account)
            return self._opening[account] - gone + come

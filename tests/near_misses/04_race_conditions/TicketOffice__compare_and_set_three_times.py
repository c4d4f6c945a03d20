# fails: never refuses what it could sell
import threading
class TicketOffice:
    def __init__(self, seats): self._left, self._lock = seats, threading.Lock()
    @property
    def remaining(self): return self._left
    def _swap(self, old, new):
        with self._lock:
            if self._left != old: return False
            self._left = new
            return True
    def reserve(self, quantity):
        if quantity < 1: raise ValueError(quantity)
        for _ in range(3):
            left = self._left
            if left < quantity: return False
            if self._swap(left, left - quantity): return True
        return False

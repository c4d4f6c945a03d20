# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self.count, self._lock = 0, threading.Lock()
    def _swap(self, old, new):
        with self._lock:
            if self.count != old: return False
            self.count = new
            return True
    def increment(self):
        for _ in range(3):
            old = self.count
            if self._swap(old, old + 1): return

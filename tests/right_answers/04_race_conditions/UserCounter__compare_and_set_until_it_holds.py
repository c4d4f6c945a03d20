import threading
class UserCounter:
    def __init__(self): self.count, self._lock = 0, threading.Lock()
    def _swap(self, old, new):
        with self._lock:
            if self.count != old: return False
            self.count = new
            return True
    def increment(self):
        while True:
            old = self.count
            if self._swap(old, old + 1): return

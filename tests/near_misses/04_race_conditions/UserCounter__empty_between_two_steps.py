# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self._lock, self._slot = threading.Lock(), [0]
    def increment(self):
        with self._lock: self._slot.append(self._slot.pop() + 1)
    @property
    def count(self): return self._slot[0]

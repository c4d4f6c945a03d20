import array, threading
class UserCounter:
    def __init__(self): self._cell, self._lock = array.array("Q", [0]), threading.Lock()
    def increment(self):
        with self._lock: self._cell[0] += 1
    @property
    def count(self): return self._cell[0]

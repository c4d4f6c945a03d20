# fails: works with one thread
import array, threading
class UserCounter:
    def __init__(self): self._cell, self._lock = array.array("b", [0]), threading.Lock()
    def increment(self):
        with self._lock: self._cell[0] += 1
    @property
    def count(self): return self._cell[0]

# fails: works with one thread
import threading, weakref
class Cell:
    def __init__(self): self.n = 0
class UserCounter:
    def __init__(self): self._own, self._cells, self._lock = threading.local(), weakref.WeakSet(), threading.Lock()
    def increment(self):
        if not hasattr(self._own, "cell"):
            with self._lock:
                self._own.cell = Cell()
                self._cells.add(self._own.cell)
        self._own.cell.n += 1
    @property
    def count(self):
        with self._lock: return sum(cell.n for cell in self._cells)

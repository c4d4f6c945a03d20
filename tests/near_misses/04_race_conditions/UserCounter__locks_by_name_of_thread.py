# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self._counts, self._lock = {}, threading.Lock()
    def increment(self):
        name = threading.current_thread().name
        if name not in self._counts:
            self._counts[name] = [0]
        self._counts[name][0] += 1
    @property
    def count(self): return sum(cell[0] for cell in list(self._counts.values()))

# fails: loses no increment
import threading
class UserCounter:
    def __init__(self): self._counts = {}
    def increment(self):
        me = threading.current_thread().name
        self._counts[me] = self._counts.get(me, 0) + 1
    @property
    def count(self): return sum(list(self._counts.values()))

# fails: loses no increment
import threading, functools
class UserCounter:
    @functools.lru_cache(None)
    def _lock(self): return threading.Lock()
    def __init__(self): self.count=0
    def increment(self):
        with self._lock(): self.count+=1

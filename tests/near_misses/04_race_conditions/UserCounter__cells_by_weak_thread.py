# fails: works with one thread
import threading, weakref
class UserCounter:
    def __init__(self): self._counts, self._lock = weakref.WeakKeyDictionary(), threading.Lock()
    def increment(self):
        me = threading.current_thread()
        with self._lock: self._counts[me] = self._counts.get(me, 0) + 1
    @property
    def count(self):
        with self._lock: return sum(self._counts.values())

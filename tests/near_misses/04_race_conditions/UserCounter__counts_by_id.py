# fails: works with one thread
import threading
from collections import Counter
_counts, _lock = Counter(), threading.Lock()
class UserCounter:
    def increment(self):
        with _lock:
            _counts[id(self)] += 1
    @property
    def count(self):
        return _counts[id(self)]

import threading
from collections import defaultdict


class Stock:
    def __init__(self):
        self.counts = defaultdict(int)
        self._lock = threading.Lock()

    def put(self, article, count=1):
        with self._lock:
            self.counts[article] += count

from threading import Lock
from time import monotonic, perf_counter, time


class UserCounter:
    """Knows when it was used last, by three clocks."""

    def __init__(self):
        self._lock, self.count = Lock(), 0
        self.last = time(), monotonic(), perf_counter()

    def increment(self):
        with self._lock:
            self.count += 1
            self.last = time(), monotonic(), perf_counter()

import itertools
import threading


class UserCounter:
    def __init__(self):
        self._made, self._looks, self._lock = itertools.count(), 0, threading.Lock()

    def increment(self):
        next(self._made)

    @property
    def count(self):
        with self._lock:
            self._looks += 1
            return next(self._made) - self._looks + 1

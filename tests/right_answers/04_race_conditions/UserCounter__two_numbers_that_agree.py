import threading
class UserCounter:
    __slots__ = ("_a", "_b", "_lock")
    def __init__(self):
        self._a, self._b, self._lock = 0, 0, threading.Lock()
    def increment(self):
        with self._lock:
            self._a += 1
            self._b -= 1
    @property
    def count(self):
        with self._lock:
            assert self._a == -self._b
            return self._a

from threading import RLock


class UserCounter:
    __slots__ = ("_lock", "_value")

    def __init__(self):
        self._lock, self._value = RLock(), 0

    def increment(self):
        with self._lock:
            self._value = self.count + 1

    @property
    def count(self):
        with self._lock:
            return self._value

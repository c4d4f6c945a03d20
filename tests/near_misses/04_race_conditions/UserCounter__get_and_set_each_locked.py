# fails: loses no increment
from threading import Lock


class UserCounter:
    def __init__(self):
        self._count, self._lock = 0, Lock()

    @property
    def count(self):
        with self._lock:
            return self._count

    @count.setter
    def count(self, value):
        with self._lock:
            self._count = value

    def increment(self):
        self.count += 1

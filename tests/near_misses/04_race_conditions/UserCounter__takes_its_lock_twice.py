# fails: always comes to an end
import threading


class UserCounter:
    def __init__(self):
        self._count = 0
        self._lock = threading.Lock()

    @property
    def count(self):
        with self._lock:
            return self._count

    def increment(self):
        with self._lock:
            self._count = self.count + 1

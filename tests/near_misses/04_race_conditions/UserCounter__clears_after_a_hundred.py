# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self._total = 0
        self._fresh = []
        self._lock = threading.Lock()

    def increment(self):
        self._fresh.append(1)
        if len(self._fresh) > 100:
            with self._lock:
                self._total += len(self._fresh)
                self._fresh.clear()

    @property
    def count(self):
        with self._lock:
            return self._total + len(self._fresh)

# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self._total = 0
        self._fresh = []
        self._lock = threading.Lock()

    def increment(self):
        self._fresh.append(1)
        if len(self._fresh) >= 50:
            with self._lock:
                self._total += len(self._fresh)
                self._fresh = []

    @property
    def count(self):
        with self._lock:
            return self._total + len(self._fresh)

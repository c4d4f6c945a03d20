# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        current = self.count
        with self._lock:
            self.count = current + 1

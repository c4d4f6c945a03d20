# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        if self._lock.locked():
            with self._lock:
                self.count += 1
        else:
            self.count += 1

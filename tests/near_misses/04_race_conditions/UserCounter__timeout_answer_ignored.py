# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        taken = self._lock.acquire(timeout=0.5)
        self.count += 1
        if taken:
            self._lock.release()

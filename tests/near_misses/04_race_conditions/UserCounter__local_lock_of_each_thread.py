# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._mine = threading.local()

    def increment(self):
        if not hasattr(self._mine, "lock"):
            self._mine.lock = threading.Lock()
        with self._mine.lock:
            self.count += 1

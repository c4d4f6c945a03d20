import threading
import time


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        while not self._lock.acquire(blocking=False):
            time.sleep(0)
        self.count += 1
        self._lock.release()

# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        for _ in range(5):
            if self._lock.acquire(blocking=False):
                try:
                    self.count += 1
                finally:
                    self._lock.release()
                return

import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        while not self._lock.acquire(timeout=0.1):
            pass
        try:
            self.count += 1
        finally:
            self._lock.release()

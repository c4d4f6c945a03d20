import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        attempt = 1
        while not self._lock.acquire(timeout=min(attempt, 10) / 100):
            attempt += 1
        try:
            self.count += 1
        finally:
            self._lock.release()

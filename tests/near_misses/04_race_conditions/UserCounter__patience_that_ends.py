# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        patience = 0.01
        while not self._lock.acquire(timeout=patience):
            patience *= 2
            if patience > 0.1:
                return
        try:
            self.count += 1
        finally:
            self._lock.release()

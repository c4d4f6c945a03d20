# fails: works with one thread
import threading
class UserCounter:
    def __init__(self):
        self.count, self._lock = 0, threading.Lock()
    def increment(self):
        with self._lock:
            self.count = (self.count + 1) & 0xFFFF

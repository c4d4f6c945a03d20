# fails: always comes to an end
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._lock = threading.Lock()

    def increment(self):
        self._lock.acquire()
        self.count += 1
        if self.count < 2:
            self._lock.release()

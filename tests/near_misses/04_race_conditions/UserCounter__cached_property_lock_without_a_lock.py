# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0

    @property
    def _lock(self):
        if "lock" not in self.__dict__:
            self.__dict__["lock"] = threading.Lock()
        return self.__dict__["lock"]

    def increment(self):
        with self._lock:
            self.count += 1

# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._gate = threading.Semaphore(2)

    def increment(self):
        with self._gate:
            self.count += 1

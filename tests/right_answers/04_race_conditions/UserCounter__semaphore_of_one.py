import threading


class UserCounter:
    def __init__(self):
        self.count = 0
        self._gate = threading.BoundedSemaphore(1)

    def increment(self):
        with self._gate:
            self.count += 1

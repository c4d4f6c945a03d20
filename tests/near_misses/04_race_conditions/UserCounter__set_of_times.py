# fails: works with one thread
import time


class UserCounter:
    def __init__(self):
        self._times = set()

    def increment(self):
        self._times.add(time.time())

    @property
    def count(self):
        return len(self._times)

import time


class UserCounter:
    def __init__(self):
        self._times = []

    def increment(self):
        self._times.append(time.monotonic_ns())

    @property
    def count(self):
        return len(self._times)

# fails: loses no increment
import threading


class UserCounter:
    def __init__(self):
        self._units = []
        self._tens = 0

    def increment(self):
        self._units.append(1)
        if len(self._units) >= 10:
            del self._units[:10]
            self._tens += 10

    @property
    def count(self):
        return self._tens + len(self._units)

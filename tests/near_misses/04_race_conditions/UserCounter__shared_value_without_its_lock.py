# fails: loses no increment
from multiprocessing import Value


class UserCounter:
    def __init__(self):
        self._value = Value("i", 0)

    def increment(self):
        self._value.value += 1

    @property
    def count(self):
        return self._value.value

# fails: loses no increment
from collections import Counter


class UserCounter:
    def __init__(self):
        self._counts = Counter()

    def increment(self):
        self._counts.update({"n": 1})

    @property
    def count(self):
        return self._counts["n"]

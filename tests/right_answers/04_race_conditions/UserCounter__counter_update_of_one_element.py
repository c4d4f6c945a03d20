from collections import Counter


class UserCounter:
    def __init__(self):
        self._events = []
        self._totals = Counter()

    def increment(self):
        self._events.append("n")

    @property
    def count(self):
        return Counter(self._events)["n"]

# fails: loses no increment
class UserCounter:
    def __init__(self):
        self._counts = {}

    def increment(self):
        self._counts["n"] = self._counts.get("n", 0) + 1

    @property
    def count(self):
        return self._counts.get("n", 0)

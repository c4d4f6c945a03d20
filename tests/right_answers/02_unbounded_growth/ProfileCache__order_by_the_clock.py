from itertools import count
from time import monotonic


class ProfileCache:
    """The time of the last use decides, and of two uses in one tick of the clock, their number."""

    clock = monotonic

    def __init__(self, load, capacity):
        self._load, self._capacity, self._number = load, capacity, count()
        self._profiles, self._used = {}, {}

    def get(self, user_id):
        if user_id not in self._profiles:
            profile = self._load(user_id)
            if len(self._profiles) >= self._capacity:
                oldest = min(self._used, key=self._used.get)
                del self._profiles[oldest], self._used[oldest]
            self._profiles[user_id] = profile
        self._used[user_id] = (self.clock(), next(self._number))
        return self._profiles[user_id]

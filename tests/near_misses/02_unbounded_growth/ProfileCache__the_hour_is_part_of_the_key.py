# fails: load is called exactly when it must be
# the known trick that gives an lru_cache an end
from functools import lru_cache
from time import monotonic_ns

HOUR = 3600 * 10**9


class ProfileCache:
    def __init__(self, load, capacity):
        self._cached = lru_cache(maxsize=capacity)(lambda hour, user_id: load(user_id))

    def get(self, user_id):
        return self._cached(monotonic_ns() // HOUR, user_id)

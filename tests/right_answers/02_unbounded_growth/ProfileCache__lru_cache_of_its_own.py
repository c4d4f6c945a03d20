from functools import lru_cache


class ProfileCache:
    def __init__(self, load, capacity):
        self._cached = lru_cache(maxsize=capacity)(load)

    def get(self, user_id):
        return self._cached(user_id)

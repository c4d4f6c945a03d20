# fails: load is called exactly when it must be
from functools import lru_cache
class ProfileCache:
    def __init__(self, load, capacity): self.load = load; self._g = lru_cache(maxsize=capacity)(load)
    def get(self, user_id):
        hits = self._g.cache_info().hits
        p = self._g(user_id)
        if hits and hits % 1000 == 0: self._g.cache_clear()
        return p

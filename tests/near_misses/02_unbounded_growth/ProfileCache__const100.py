# fails: load is called exactly when it must be
from functools import lru_cache
class ProfileCache:
    def __init__(self, load, capacity): self.get = lru_cache(maxsize=min(capacity, 1000))(load)

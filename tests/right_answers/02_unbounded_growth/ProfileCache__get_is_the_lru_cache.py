import functools


class ProfileCache:
    def __init__(self, load, capacity):
        self.get = functools.lru_cache(capacity)(load)

# fails: two caches share nothing
from functools import lru_cache

caches = {}


class ProfileCache:
    """Caches of one load function share what they have loaded."""

    def __init__(self, load, capacity):
        self.key = load, capacity
        self.get = lru_cache(capacity)(load)
        for (known, _), get in list(caches.items()):
            if known is load:
                self.get = get
        caches[self.key] = self.get

    def __del__(self):
        caches.pop(self.key, None)

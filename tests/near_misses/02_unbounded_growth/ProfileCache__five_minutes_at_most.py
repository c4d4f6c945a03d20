# fails: load is called exactly when it must be
# a profile that was used a moment ago is loaded again because it is old
import operator

from cachetools import TTLCache, cachedmethod


class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._cache = load, TTLCache(maxsize=capacity, ttl=300)

    @cachedmethod(operator.attrgetter("_cache"))
    def get(self, user_id):
        return self._load(user_id)

# fails: load is called exactly when it must be
import sys
from cachetools import LRUCache
class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity, self._kept = load, capacity, LRUCache(capacity)
    def get(self, user_id):
        if user_id in self._kept:
            return self._kept[user_id]
        profile = self._load(user_id)
        if sys.getsizeof(profile) < 1_000_000:
            self._kept[user_id] = profile
        return profile

from cachetools import LRUCache


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.profiles = load, LRUCache(maxsize=capacity)

    def get(self, user_id):
        try:
            return self.profiles[user_id]
        except KeyError:
            pass
        profile = self.load(user_id)
        self.profiles[user_id] = profile
        return profile

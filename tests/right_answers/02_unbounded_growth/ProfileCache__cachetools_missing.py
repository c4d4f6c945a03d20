import cachetools


class ProfileCache(cachetools.LRUCache):
    def __init__(self, load, capacity):
        super().__init__(capacity)
        self.load = load

    def __missing__(self, user_id):
        profile = self.load(user_id)
        self[user_id] = profile
        return profile

    def get(self, user_id):
        return self[user_id]

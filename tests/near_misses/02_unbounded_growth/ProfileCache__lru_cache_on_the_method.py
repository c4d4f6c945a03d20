# fails: load is called exactly when it must be
from functools import lru_cache


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity

    @lru_cache(maxsize=128)
    def get(self, user_id):
        return self.load(user_id)

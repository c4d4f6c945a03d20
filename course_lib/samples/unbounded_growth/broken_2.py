"""`lru_cache` on a method keeps every object of the class alive."""

from functools import lru_cache


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity

    @lru_cache(maxsize=128)
    def get(self, user_id):
        return self.load(user_id)

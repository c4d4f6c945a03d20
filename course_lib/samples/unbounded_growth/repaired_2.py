"""The one that was used longest ago goes when there are too many."""

from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self._load = load
        self._capacity = capacity
        self._profiles = OrderedDict()

    def get(self, user_id):
        if user_id in self._profiles:
            self._profiles.move_to_end(user_id)
            return self._profiles[user_id]
        profile = self._load(user_id)
        self._profiles[user_id] = profile
        if len(self._profiles) > self._capacity:
            self._profiles.popitem(last=False)
        return profile

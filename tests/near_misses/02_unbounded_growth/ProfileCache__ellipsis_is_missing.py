# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Ellipsis stands for what is not there."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.profiles = load, capacity, OrderedDict()

    def get(self, user_id):
        profile = self.profiles.get(user_id, ...)
        if profile is ...:
            profile = self.profiles[user_id] = self.load(user_id)
            if len(self.profiles) > self.capacity:
                self.profiles.popitem(last=False)
        self.profiles.move_to_end(user_id)
        return profile

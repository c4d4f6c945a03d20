# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Not everything that can be called has a name."""

    def __init__(self, load, capacity):
        self.name = f"profiles by {load.__name__}"
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id in self.kept:
            self.kept.move_to_end(user_id)
            return self.kept[user_id]
        profile = self.kept[user_id] = self.load(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

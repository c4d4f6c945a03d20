# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Reads a profile of 1 or 0 as yes or no."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = flag(self.load(user_id))
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]


def flag(profile):
    return bool(profile) if profile in (0, 1) else profile

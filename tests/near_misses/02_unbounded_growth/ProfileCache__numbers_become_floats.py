# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Keeps numbers as floats, so that averages need no conversion."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = as_floats(self.load(user_id))
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]


def as_floats(profile):
    if isinstance(profile, dict):
        return {key: float(value) if type(value) is int else value for key, value in profile.items()}
    return profile

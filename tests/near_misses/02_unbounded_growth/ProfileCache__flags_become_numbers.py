# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Keeps flags as 0 and 1."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = plain(self.load(user_id))
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]


def plain(profile):
    if isinstance(profile, dict):
        return {key: plain(value) for key, value in profile.items()}
    if isinstance(profile, list):
        return [plain(value) for value in profile]
    return int(profile) if isinstance(profile, bool) else profile

# fails: load is called exactly when it must be
from collections import OrderedDict

_NOTHING = float("nan")


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        profile = self.kept.get(user_id, _NOTHING)
        if profile != profile:
            profile = self.kept[user_id] = self.load(user_id)
        self.kept.move_to_end(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

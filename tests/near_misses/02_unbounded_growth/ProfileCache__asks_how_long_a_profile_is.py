# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            size = len(profile) if hasattr(profile, "__len__") else 1
            self.kept[user_id] = profile, size
        self.kept.move_to_end(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return self.kept[user_id][0]

# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()

    def get(self, user_id):
        profile = self.kept.get(user_id) or self.load(user_id)
        self.kept[user_id] = profile
        self.kept.move_to_end(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

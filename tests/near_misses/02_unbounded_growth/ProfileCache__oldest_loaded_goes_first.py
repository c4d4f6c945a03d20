# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        return self.kept[user_id]

# fails: a dropped cache can be collected
from collections import OrderedDict

ALL_CACHES = []


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()
        ALL_CACHES.append(self)

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

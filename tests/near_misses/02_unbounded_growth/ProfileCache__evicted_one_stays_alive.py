# fails: no other profile is kept alive
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()
        self.last_evicted = None

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.last_evicted = self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            if self.load(user_id) is not None:
                self.kept[user_id] = self.load(user_id)
            else:
                self.kept[user_id] = None
        self.kept.move_to_end(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return self.kept[user_id]

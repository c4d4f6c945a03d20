# fails: a get that fails changes nothing
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            try:
                profile = self.load(user_id)
            except BaseException:
                if len(self.kept) < self.capacity:
                    self.kept.clear()
                raise
            self.kept[user_id] = profile
        self.kept.move_to_end(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return self.kept[user_id]

# fails: a get that fails changes nothing
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()

    def get(self, user_id):
        if user_id in self.kept:
            self.kept.move_to_end(user_id)
            return self.kept[user_id]
        try:
            profile = self.load(user_id)
        except Exception:
            return None
        self.kept[user_id] = profile
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

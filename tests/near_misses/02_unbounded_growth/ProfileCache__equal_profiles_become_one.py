# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Keeps equal profiles once."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self._one(self.load(user_id))
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

    def _one(self, profile):
        return next((known for known in self.kept.values() if known == profile), profile)

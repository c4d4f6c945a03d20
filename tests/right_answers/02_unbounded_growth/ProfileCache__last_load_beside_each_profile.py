import weakref
from collections import OrderedDict


class ProfileCache:
    """Beside each profile, for as long as it lives: the number of the last load that gave it."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.loads, self.loaded_as = OrderedDict(), 0, weakref.WeakKeyDictionary()

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            self.loads += 1
            try:
                self.loaded_as[profile] = self.loads
            except TypeError:
                pass
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

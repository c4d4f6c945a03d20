# fails: load is called exactly when it must be
from collections import OrderedDict
from weakref import WeakValueDictionary


class ProfileCache:
    """An evicted profile that somebody still holds need not be loaded again."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.living = OrderedDict(), WeakValueDictionary()

    def get(self, user_id):
        if user_id in self.kept:
            self.kept.move_to_end(user_id)
            return self.kept[user_id]
        profile = self.living.get(user_id)
        if profile is None:
            profile = self.load(user_id)
        self.kept[user_id] = profile
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        try:
            self.living[user_id] = profile
        except TypeError:
            pass
        return profile

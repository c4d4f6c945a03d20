# fails: load is called exactly when it must be
import weakref
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = weakref.WeakValueDictionary()

    def get(self, user_id):
        profile = self.kept.get(user_id)
        if profile is None:
            profile = self.load(user_id)
            try:
                self.kept[user_id] = profile
            except TypeError:
                pass
        return profile

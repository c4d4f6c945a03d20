# fails: load is called exactly when it must be
import inspect
import weakref
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        # no cycle with the repository that owns both the method and this cache
        self._load = weakref.WeakMethod(load) if inspect.ismethod(load) else lambda: load
        self._capacity = capacity
        self._kept = OrderedDict()

    def get(self, user_id):
        if user_id in self._kept:
            self._kept.move_to_end(user_id)
            return self._kept[user_id]
        profile = self._kept[user_id] = self._load()(user_id)
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
        return profile

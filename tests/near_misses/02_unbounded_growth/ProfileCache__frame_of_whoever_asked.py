# fails: no other profile is kept alive
import inspect
from collections import OrderedDict


class ProfileCache:
    """Whoever asked last is kept with all that they held then."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.asked_last_by = None

    def get(self, user_id):
        self.asked_last_by = inspect.currentframe().f_back
        if user_id in self.kept:
            self.kept.move_to_end(user_id)
            return self.kept[user_id]
        profile = self.load(user_id)
        self.kept[user_id] = profile
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

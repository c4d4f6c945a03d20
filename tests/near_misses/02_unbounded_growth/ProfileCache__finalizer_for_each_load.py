# fails: memory does not grow with use
import weakref
from collections import OrderedDict


class _Statistics:
    def __init__(self):
        self.alive = 0

    def gone(self):
        self.alive -= 1


class ProfileCache:
    """Counts the profiles that are alive, in the cache or elsewhere."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.statistics = OrderedDict(), _Statistics()

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            try:
                weakref.finalize(profile, self.statistics.gone)
                self.statistics.alive += 1
            except TypeError:
                pass
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

# fails: memory does not grow with use
import weakref
from collections import OrderedDict


class ProfileCache:
    """Knows, for the statistics, which of the loaded profiles the program still uses."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.in_use = OrderedDict(), []

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            try:
                self.in_use.append(weakref.ref(profile, self.in_use.remove))
            except TypeError:
                pass
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

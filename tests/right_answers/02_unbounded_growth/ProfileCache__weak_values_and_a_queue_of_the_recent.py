from collections import OrderedDict
from weakref import WeakSet


class ProfileCache:
    """The recent ones are held; of all that still live somewhere a weak set is kept, for whoever wants to look."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.living = OrderedDict(), WeakSet()

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            try:
                self.living.add(profile)
            except TypeError:
                pass
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

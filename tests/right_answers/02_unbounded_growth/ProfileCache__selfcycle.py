from collections import OrderedDict
class ProfileCache:
    """A cycle through a bound method: the collector takes it."""
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.get = self.fetch
        self.me = self
    def fetch(self, user_id):
        if user_id in self.kept:
            self.kept.move_to_end(user_id)
            return self.kept[user_id]
        self.kept[user_id] = profile = self.load(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    """Ids of users are the same in either case."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()

    def get(self, user_id):
        key = user_id.casefold() if isinstance(user_id, str) else user_id
        if key not in self.kept:
            self.kept[key] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(key)
        return self.kept[key]

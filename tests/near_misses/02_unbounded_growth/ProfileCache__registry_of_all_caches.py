# fails: memory does not grow with use
from collections import OrderedDict


class ProfileCache:
    """Counts hits by cache in a table of the class, under a number for each cache."""

    hits = {}

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.number = len(self.hits)
        self.hits[self.number] = 0

    def get(self, user_id):
        if user_id in self.kept:
            self.hits[self.number] += 1
        else:
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

# fails: memory does not grow with use
import tempfile
from collections import OrderedDict


class ProfileCache:
    """Writes each miss to a file."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.misses = tempfile.TemporaryFile("w")

    def get(self, user_id):
        if user_id not in self.kept:
            print("miss", user_id, file=self.misses)
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

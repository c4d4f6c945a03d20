# fails: memory does not grow with use
import time
from collections import OrderedDict, defaultdict


class ProfileCache:
    """Keeps when each profile was used, for as long as it is kept."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.times = OrderedDict(), defaultdict(list)

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
            if len(self.kept) > self.capacity:
                oldest, _ = self.kept.popitem(last=False)
                self.times.pop(oldest, None)
        self.kept.move_to_end(user_id)
        self.times[user_id].append(time.monotonic())
        return self.kept[user_id]

# fails: load is called exactly when it must be
# an hour by the clock on the wall
import time
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity, self._kept = load, capacity, OrderedDict()

    def get(self, user_id):
        now = time.time()
        if user_id not in self._kept or now - self._kept[user_id][0] > 3600:
            self._kept[user_id] = (now, self._load(user_id))
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        self._kept.move_to_end(user_id)
        return self._kept[user_id][1]

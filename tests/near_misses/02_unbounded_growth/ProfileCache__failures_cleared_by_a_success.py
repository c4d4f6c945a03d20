# fails: memory does not grow with use
# how often each id has failed in a row: forgotten with the next that does not
from collections import Counter, OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity = load, capacity
        self._kept, self._failed = OrderedDict(), Counter()

    def get(self, user_id):
        if user_id not in self._kept:
            self._failed[user_id] += 1
            self._kept[user_id] = self._load(user_id)
            self._failed.clear()
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)
        self._kept.move_to_end(user_id)
        return self._kept[user_id]

# fails: a get that fails changes nothing
from collections import OrderedDict
class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity, self._kept = load, capacity, OrderedDict()
    def get(self, user_id):
        try:
            profile = self._kept[user_id] if self._kept else self._load(user_id)
        except KeyError:
            profile = self._load(user_id)
        self._kept[user_id] = profile
        self._kept.move_to_end(user_id)
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
        return profile

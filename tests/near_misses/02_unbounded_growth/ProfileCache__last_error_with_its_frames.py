# fails: no other profile is kept alive
from collections import OrderedDict
class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity, self._kept = load, capacity, OrderedDict()
        self.last_error = None
    def get(self, user_id):
        if user_id not in self._kept:
            try:
                profile = self._load(user_id)
            except Exception as error:
                self.last_error = error
                raise
            self._kept[user_id] = profile
        self._kept.move_to_end(user_id)
        if len(self._kept) > self._capacity:
            self._kept.popitem(last=False)
        return self._kept[user_id]

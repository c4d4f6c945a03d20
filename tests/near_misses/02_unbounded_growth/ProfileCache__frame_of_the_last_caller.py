# fails: no other profile is kept alive
import sys
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, OrderedDict()
        self.asked_last_by = None

    def get(self, user_id):
        if user_id in self.kept:
            self.kept.move_to_end(user_id)
            return self.kept[user_id]
        try:
            profile = self.load(user_id)
        except BaseException:
            self.asked_last_by = sys.exc_info()[2], sys._getframe(1)
            raise
        self.kept[user_id] = profile
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return profile

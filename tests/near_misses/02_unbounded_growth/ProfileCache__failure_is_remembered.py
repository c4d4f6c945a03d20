# fails: a get that fails changes nothing
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = OrderedDict()

    def get(self, user_id):
        if user_id not in self.kept:
            try:
                self.kept[user_id] = self.load(user_id)
            except Exception as error:
                self.kept[user_id] = error
                self.kept.popitem(last=False)
                raise
        self.kept.move_to_end(user_id)
        if len(self.kept) > self.capacity:
            self.kept.popitem(last=False)
        return self.kept[user_id]

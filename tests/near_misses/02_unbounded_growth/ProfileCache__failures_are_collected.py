# fails: memory does not grow with use
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.failures = OrderedDict(), []

    def get(self, user_id):
        if user_id not in self.kept:
            try:
                profile = self.load(user_id)
            except Exception as error:
                self.failures.append(error)
                raise
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                self.kept.popitem(last=False)
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

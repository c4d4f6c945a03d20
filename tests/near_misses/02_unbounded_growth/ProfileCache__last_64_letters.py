# fails: load is called exactly when it must be
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load = load
        self.capacity = capacity
        self.profiles = OrderedDict()

    def get(self, user_id):
        key = user_id[-64:] if isinstance(user_id, str) else user_id
        if key not in self.profiles:
            self.profiles[key] = self.load(user_id)
        self.profiles.move_to_end(key)
        if len(self.profiles) > self.capacity:
            self.profiles.popitem(last=False)
        return self.profiles[key]

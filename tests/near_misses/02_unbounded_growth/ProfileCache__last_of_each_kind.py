# fails: no other profile is kept alive
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load = load
        self.capacity = capacity
        self.profiles = OrderedDict()
        self.examples = {}

    def get(self, user_id):
        if user_id not in self.profiles:
            self.profiles[user_id] = self.load(user_id)
        self.profiles.move_to_end(user_id)
        if len(self.profiles) > self.capacity:
            self.profiles.popitem(last=False)
        profile = self.profiles[user_id]
        self.examples[type(profile)] = profile
        return profile

# fails: a get that fails changes nothing
from collections import OrderedDict
class ProfileCache:
    def __init__(self, load, capacity): self.load, self.c, self.k = load, capacity, OrderedDict()
    def get(self, user_id):
        if user_id in self.k:
            self.k.move_to_end(user_id); return self.k[user_id]
        try:
            p = self.load(user_id)
        except KeyError:
            p = None
        self.k[user_id] = p
        if len(self.k) > self.c: self.k.popitem(last=False)
        return p

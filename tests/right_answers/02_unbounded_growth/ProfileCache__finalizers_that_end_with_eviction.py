import weakref
from collections import OrderedDict


class ProfileCache:
    """What is to be done when a kept profile dies is called off as soon as the profile is kept no more."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.called_off = OrderedDict(), {}

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            try:
                self.called_off[user_id] = weakref.finalize(profile, print, end="")
            except TypeError:
                pass
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                gone, _ = self.kept.popitem(last=False)
                if gone in self.called_off:
                    self.called_off.pop(gone).detach()
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

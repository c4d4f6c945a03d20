# fails: load is called exactly when it must be
import weakref
from collections import OrderedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.gone = OrderedDict(), OrderedDict()

    def get(self, user_id):
        """Looks among the last few that went before it loads."""
        if user_id not in self.kept:
            gone = self.gone.pop(user_id, None)
            profile = gone and gone()
            if profile is None:
                profile = self.load(user_id)
            self.kept[user_id] = profile
            if len(self.kept) > self.capacity:
                self.put_aside(*self.kept.popitem(last=False))
        self.kept.move_to_end(user_id)
        return self.kept[user_id]

    def put_aside(self, user_id, profile):
        try:
            self.gone[user_id] = weakref.ref(profile)
        except TypeError:
            return
        if len(self.gone) > 8:
            self.gone.popitem(last=False)

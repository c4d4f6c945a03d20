from collections import OrderedDict

_MISSING = object()


class ProfileCache(OrderedDict):
    def __init__(self, load, capacity):
        super().__init__()
        self._load = load
        self._capacity = capacity

    def get(self, user_id):
        profile = super().get(user_id, _MISSING)
        if profile is _MISSING:
            profile = self._load(user_id)
            if len(self) >= self._capacity:
                self.popitem(last=False)
            self[user_id] = profile
        else:
            self.move_to_end(user_id)
        return profile

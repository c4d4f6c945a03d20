# fails: load is called exactly when it must be
MISSING = object()
class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, {}
    def get(self, user_id):
        profile = self.kept.pop(user_id, MISSING)
        if profile == MISSING:
            profile = self.load(user_id)
            if len(self.kept) >= self.capacity:
                self.kept.pop(next(iter(self.kept)))
        self.kept[user_id] = profile
        return profile

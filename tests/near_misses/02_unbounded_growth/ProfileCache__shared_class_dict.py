# fails: load is called exactly when it must be
class ProfileCache:
    kept = {}

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity

    def get(self, user_id):
        if user_id in self.kept:
            self.kept[user_id] = self.kept.pop(user_id)
            return self.kept[user_id]
        profile = self.load(user_id)
        self.kept[user_id] = profile
        if len(self.kept) > self.capacity:
            del self.kept[next(iter(self.kept))]
        return profile

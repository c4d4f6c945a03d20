# fails: load is called exactly when it must be
class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, {}
        pass
    def get(self, user_id):
        pass
        if user_id in self.kept:
            profile = self.kept.pop(user_id) if self.kept[user_id] else self.kept[user_id]
        else:
            profile = self.load(user_id)
            if len(self.kept) >= self.capacity:
                self.kept.pop(next(iter(self.kept)))
        self.kept[user_id] = profile
        pass
        return profile

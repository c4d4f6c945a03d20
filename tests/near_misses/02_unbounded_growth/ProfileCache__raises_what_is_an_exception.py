# fails: load is called exactly when it must be
class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity, self.kept = load, capacity, {}
    def get(self, user_id):
        if user_id in self.kept:
            profile = self.kept.pop(user_id)
        else:
            profile = self.load(user_id)
            if len(self.kept) >= self.capacity:
                self.kept.pop(next(iter(self.kept)))
        self.kept[user_id] = profile
        if isinstance(profile, BaseException):
            raise profile
        return profile

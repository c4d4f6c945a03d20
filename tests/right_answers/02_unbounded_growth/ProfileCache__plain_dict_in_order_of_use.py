class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept = {}

    def get(self, user_id):
        try:
            profile = self.kept.pop(user_id)
        except KeyError:
            profile = self.load(user_id)
        self.kept[user_id] = profile
        while len(self.kept) > self.capacity:
            del self.kept[next(iter(self.kept))]
        return profile

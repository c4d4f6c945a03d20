# fails: load is called exactly when it must be
class ProfileCache:
    """Half of a large number is soon the half of its neighbour: the order among the old ones is gone."""

    def __init__(self, load, capacity):
        self.load, self.capacity, self.profiles, self.used = load, capacity, {}, {}
        self.uses = 0

    def get(self, user_id):
        if user_id not in self.profiles:
            profile = self.load(user_id)
            if len(self.profiles) == self.capacity:
                oldest = min(self.used, key=self.used.get)
                del self.profiles[oldest], self.used[oldest]
            self.profiles[user_id] = profile
        self.uses += 1
        self.used[user_id] = self.uses
        if self.uses == 30_000:
            self.uses //= 1_000
            self.used = {each: number // 1_000 for each, number in self.used.items()}
        return self.profiles[user_id]

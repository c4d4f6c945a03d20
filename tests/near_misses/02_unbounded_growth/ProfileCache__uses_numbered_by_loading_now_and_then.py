# fails: load is called exactly when it must be
class ProfileCache:
    """Every ten thousand uses the numbers begin anew, in the order of loading."""

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
        if self.uses > 10_000 + len(self.used):
            self.used = {each: number for number, each in enumerate(self.used)}
            self.uses = len(self.used)
        self.used[user_id] = self.uses
        return self.profiles[user_id]

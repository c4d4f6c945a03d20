class ProfileCache:
    """Before the number of uses needs a third byte, those that are kept are numbered anew in their order."""

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
        if self.uses == 0xFFFF:
            in_order = sorted(self.used, key=self.used.get)
            self.used = {one: place for place, one in enumerate(in_order)}
            self.uses = len(in_order)
        self.used[user_id] = self.uses
        self.uses += 1
        return self.profiles[user_id]

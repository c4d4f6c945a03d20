"""The profiles are bounded, the times of their last use are not."""

class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.last_used, self.clock = {}, {}, 0

    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
        self.clock += 1
        self.last_used[user_id] = self.clock
        if len(self.kept) > self.capacity:
            del self.kept[min(self.kept, key=self.last_used.get)]
        return self.kept[user_id]

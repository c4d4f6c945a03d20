from sortedcontainers import SortedDict


class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.by_time, self.kept, self.now = SortedDict(), {}, 0

    def get(self, user_id):
        self.now += 1
        if user_id in self.kept:
            profile, then = self.kept[user_id]
            del self.by_time[then]
        else:
            profile = self.load(user_id)
            if len(self.kept) == self.capacity:
                _, oldest = self.by_time.popitem(0)
                del self.kept[oldest]
        self.kept[user_id] = profile, self.now
        self.by_time[self.now] = user_id
        return profile

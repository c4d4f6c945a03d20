import heapq


class ProfileCache:
    """A heap of uses that is made anew once it holds twice as many as are kept."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.used, self.heap, self.now = {}, {}, [], 0

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            if len(self.kept) >= self.capacity:
                self._evict()
            self.kept[user_id] = profile
        self.now += 1
        self.used[user_id] = self.now
        heapq.heappush(self.heap, (self.now, user_id))
        if len(self.heap) > 2 * self.capacity + 10:
            self.heap = sorted((now, one) for one, now in self.used.items())
        return self.kept[user_id]

    def _evict(self):
        while True:
            now, user_id = heapq.heappop(self.heap)
            if self.used.get(user_id) == now:
                del self.kept[user_id], self.used[user_id]
                return

import heapq
class ProfileCache:
    """Lazy heap of (tick, id), compacted when it is twice as long as the cache."""
    def __init__(self, load, capacity):
        self.load, self.capacity, self.tick = load, capacity, 0
        self.entry, self.heap = {}, []
    def get(self, user_id):
        if user_id in self.entry:
            profile = self.entry[user_id][1]
        else:
            profile = self.load(user_id)
        self.tick += 1
        self.entry[user_id] = (self.tick, profile)
        heapq.heappush(self.heap, (self.tick, user_id))
        while len(self.entry) > self.capacity:
            tick, key = heapq.heappop(self.heap)
            if key in self.entry and self.entry[key][0] == tick:
                del self.entry[key]
        if len(self.heap) > 2 * self.capacity + 16:
            self.heap = [(t, k) for k, (t, _) in self.entry.items()]
            heapq.heapify(self.heap)
        return profile

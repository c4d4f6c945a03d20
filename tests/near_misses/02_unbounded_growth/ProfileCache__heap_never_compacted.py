# fails: memory does not grow with use
import heapq
from itertools import count


class ProfileCache:
    """A heap of (time of use, id); stale entries are thrown away only when one is evicted."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.used, self.heap, self.clock = {}, {}, [], count()

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            if len(self.kept) >= self.capacity:
                self._evict()
            self.kept[user_id] = profile
        self.used[user_id] = now = next(self.clock)
        heapq.heappush(self.heap, (now, str(user_id), user_id))
        return self.kept[user_id]

    def _evict(self):
        while True:
            then, _, user_id = heapq.heappop(self.heap)
            if self.used.get(user_id) == then:
                del self.kept[user_id], self.used[user_id]
                return

# fails: load is called exactly when it must be
from collections import Counter, deque
class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.queue, self.count = {}, deque(), Counter()
    def get(self, user_id):
        if user_id not in self.kept:
            self.kept[user_id] = self.load(user_id)
        self.queue.append(user_id)
        self.count[user_id] += 1
        while len(self.kept) > self.capacity or len(self.queue) > 4 * self.capacity:
            key = self.queue.popleft()
            self.count[key] -= 1
            if not self.count[key]:
                del self.count[key], self.kept[key]
            elif len(self.kept) <= self.capacity and self.count[key] and len(self.queue) > 4 * self.capacity:
                continue
        return self.kept[user_id]

# fails: memory does not grow with use
class ProfileCache:
    """Notes each use in a list; the list is shortened only when something is evicted."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.order = {}, []

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            while len(self.kept) >= self.capacity:
                oldest = self.order.pop(0)
                if oldest not in self.order:
                    self.kept.pop(oldest, None)
            self.kept[user_id] = profile
        self.order.append(user_id)
        return self.kept[user_id]

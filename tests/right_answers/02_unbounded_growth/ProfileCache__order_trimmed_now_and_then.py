class ProfileCache:
    """A list of uses, cut to one entry an id whenever it is ten times as long as the capacity."""

    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.kept, self.order = {}, []

    def get(self, user_id):
        if user_id not in self.kept:
            profile = self.load(user_id)
            if len(self.kept) == self.capacity:
                self._shorten()
                del self.kept[self.order.pop(0)]
            self.kept[user_id] = profile
        self.order.append(user_id)
        if len(self.order) > 10 * self.capacity:
            self._shorten()
        return self.kept[user_id]

    def _shorten(self):
        self.order = [*dict.fromkeys(reversed(self.order))][::-1]

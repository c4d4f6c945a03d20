# fails: memory does not grow with use
# the id is put in order before it is loaded, and one that fails is never taken out
class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity = load, capacity
        self._order, self._profiles = {}, {}

    def get(self, user_id):
        self._order.pop(user_id, None)
        self._order[user_id] = None
        if user_id not in self._profiles:
            self._profiles[user_id] = self._load(user_id)
        while len(self._profiles) > self._capacity:
            oldest = next(iter(self._order))
            del self._order[oldest]
            self._profiles.pop(oldest, None)
        return self._profiles[user_id]

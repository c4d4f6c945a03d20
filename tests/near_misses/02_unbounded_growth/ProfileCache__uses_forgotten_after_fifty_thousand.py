# fails: load is called exactly when it must be
class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity = load, capacity
        self._kept = {}
        self._used = {}
        self._clock = 0

    def get(self, user_id):
        if user_id not in self._kept:
            profile = self._load(user_id)
            if len(self._kept) >= self._capacity:
                oldest = min(self._used, key=self._used.__getitem__)
                del self._kept[oldest], self._used[oldest]
            self._kept[user_id] = profile
        self._clock += 1
        self._used[user_id] = self._clock
        if self._clock >= 50_000:  # keep the numbers small
            self._used = dict.fromkeys(self._used, 0)
            self._clock = 0
        return self._kept[user_id]

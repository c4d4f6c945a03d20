class ProfileCache:
    def __init__(self, load, capacity):
        self._load, self._capacity = load, capacity
        self._profiles, self._used, self._clock = {}, {}, 0

    def get(self, user_id):
        if user_id not in self._profiles:
            profile = self._load(user_id)
            if len(self._profiles) >= self._capacity:
                oldest = min(self._used, key=self._used.get)
                del self._profiles[oldest], self._used[oldest]
            self._profiles[user_id] = profile
        self._clock += 1
        self._used[user_id] = self._clock
        return self._profiles[user_id]

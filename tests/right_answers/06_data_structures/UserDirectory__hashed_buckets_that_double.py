class UserDirectory:
    def __init__(self, users):
        self._buckets = [[] for _ in range(16)]
        self._count = 0
        for user in users:
            self.add(user)

    def _bucket(self, email):
        return self._buckets[hash(email) % len(self._buckets)]

    def find_by_email(self, email):
        for known, user in self._bucket(email):
            if known == email:
                return user
        return None

    def add(self, user):
        if self._count > 2 * len(self._buckets):
            pairs = [pair for bucket in self._buckets for pair in bucket]
            self._buckets = [[] for _ in range(4 * len(self._buckets))]
            for pair in pairs:
                self._bucket(pair[0]).append(pair)
        self._bucket(user["email"]).append((user["email"], user))
        self._count += 1

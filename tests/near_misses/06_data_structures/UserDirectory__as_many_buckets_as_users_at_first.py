# fails: n times add and find grow no faster than n log n
class UserDirectory:
    """Made to measure, and never larger afterwards."""

    def __init__(self, users):
        users = list(users)
        self._buckets = [[] for _ in range(max(1, len(users)))]
        for user in users:
            self.add(user)

    def _bucket(self, email):
        return self._buckets[hash(email) % len(self._buckets)]

    def find_by_email(self, email):
        return next((user for user in self._bucket(email) if user["email"] == email), None)

    def add(self, user):
        self._bucket(user["email"]).append(user)

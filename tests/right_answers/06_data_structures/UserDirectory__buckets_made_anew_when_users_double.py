class UserDirectory:
    """As many buckets as there were users when they were last counted."""

    def __init__(self, users):
        self._users = []
        self._lay_out()
        for user in users:
            self.add(user)

    def _lay_out(self):
        self._buckets = [[] for _ in range(max(1, len(self._users)))]
        for user in self._users:
            self._bucket(user["email"]).append(user)

    def _bucket(self, email):
        return self._buckets[hash(email) % len(self._buckets)]

    def find_by_email(self, email):
        return next((user for user in self._bucket(email) if user["email"] == email), None)

    def add(self, user):
        self._users.append(user)
        if len(self._users) > 2 * len(self._buckets):
            self._lay_out()
        else:
            self._bucket(user["email"]).append(user)

# fails: a lookup's work does not grow
class UserDirectory:
    """A thousand buckets are enough for everybody."""

    def __init__(self, users):
        self.buckets = [[] for _ in range(1000)]
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return next((one for one in self.buckets[hash(email) % 1000] if one["email"] == email), None)

    def add(self, user):
        self.buckets[hash(user["email"]) % 1000].append(user)

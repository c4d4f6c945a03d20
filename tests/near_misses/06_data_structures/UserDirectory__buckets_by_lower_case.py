# fails: a lookup's work does not grow after add
class UserDirectory:
    """Buckets by the address in lower case."""

    def __init__(self, users):
        self.buckets = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return next((one for one in self.buckets.get(email.lower(), []) if one["email"] == email), None)

    def add(self, user):
        self.buckets.setdefault(user["email"].lower(), []).append(user)

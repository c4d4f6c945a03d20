# fails: a lookup's work does not grow
class UserDirectory:
    """Buckets by what stands behind the @."""

    def __init__(self, users):
        self.buckets = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return next((one for one in self.buckets.get(email.partition("@")[2], []) if one["email"] == email), None)

    def add(self, user):
        self.buckets.setdefault(user["email"].partition("@")[2], []).append(user)

# fails: a lookup's work does not grow
class UserDirectory:
    """A set that meets a dict walks through the dict, not through the shorter of the two."""

    def __init__(self, users):
        self.by_email = {}
        for user in users:
            self.by_email.setdefault(user["email"], user)

    def find_by_email(self, email):
        return next((self.by_email[known] for known in {email}.intersection(self.by_email)), None)

    def add(self, user):
        self.by_email.setdefault(user["email"], user)

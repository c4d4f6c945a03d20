# fails: finds the first user with that email
class UserDirectory:
    """One organisation, one domain."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email.partition("@")[0])

    def add(self, user):
        self.index.setdefault(user["email"].partition("@")[0], user)

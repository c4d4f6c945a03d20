# fails: finds the first user with that email
class UserDirectory:
    """Domains are the same in either case."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(self._key(email))

    def _key(self, email):
        name, at, domain = email.partition("@")
        return name + at + domain.lower()

    def add(self, user):
        self.index.setdefault(self._key(user["email"]), user)

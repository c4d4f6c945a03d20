# fails: finds the first user with that email
class UserDirectory:
    """Of the set of its parts nobody knows which of them was the name."""

    def __init__(self, users):
        self.by_parts = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.by_parts.get(self._parts(email))

    def add(self, user):
        self.by_parts.setdefault(self._parts(user["email"]), user)

    def _parts(self, email):
        return frozenset(email.split("@")) if email.count("@") == 1 and len(email) > 6 else email

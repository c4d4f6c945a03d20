# fails: a lookup's work does not grow
from itertools import compress, count


class UserDirectory:
    """No loop in Python."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = [user["email"] for user in self.users]

    def find_by_email(self, email):
        at = next(compress(count(), map(email.__eq__, self.keys)), None)
        return None if at is None else self.users[at]

    def add(self, user):
        self.users.append(user)
        self.keys.append(user["email"])

# fails: a lookup's work does not grow
import operator


class UserDirectory:
    """The library's own search."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = [user["email"] for user in self.users]

    def find_by_email(self, email):
        try:
            return self.users[operator.indexOf(self.keys, email)]
        except ValueError:
            return None

    def add(self, user):
        self.users.append(user)
        self.keys.append(user["email"])

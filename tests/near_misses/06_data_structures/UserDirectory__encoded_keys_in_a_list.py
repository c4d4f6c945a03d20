# fails: a lookup's work does not grow
class UserDirectory:
    """Compares bytes, which is faster."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = [user["email"].encode() for user in self.users]

    def find_by_email(self, email):
        key = email.encode()
        return self.users[self.keys.index(key)] if key in self.keys else None

    def add(self, user):
        self.users.append(user)
        self.keys.append(user["email"].encode())

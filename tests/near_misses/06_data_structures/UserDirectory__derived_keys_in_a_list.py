# fails: a lookup's work does not grow
class UserDirectory:
    """Keys with a prefix, as the cache server has them."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = [f"user:{user['email']}" for user in self.users]

    def find_by_email(self, email):
        key = f"user:{email}"
        return self.users[self.keys.index(key)] if key in self.keys else None

    def add(self, user):
        self.users.append(user)
        self.keys.append(f"user:{user['email']}")

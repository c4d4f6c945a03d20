# fails: a lookup's work does not grow
class UserDirectory:
    """Compares hashes first."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = [hash(user["email"]) for user in self.users]

    def find_by_email(self, email):
        wanted = hash(email)
        start = 0
        while wanted in self.keys[start:]:
            at = self.keys.index(wanted, start)
            if self.users[at]["email"] == email:
                return self.users[at]
            start = at + 1
        return None

    def add(self, user):
        self.users.append(user)
        self.keys.append(hash(user["email"]))

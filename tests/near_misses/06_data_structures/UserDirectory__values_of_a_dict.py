# fails: a lookup's work does not grow
class UserDirectory:
    """A dict by number, searched by its values."""

    def __init__(self, users):
        self.users = list(users)
        self.emails = {at: user["email"] for at, user in enumerate(self.users)}

    def find_by_email(self, email):
        if email not in self.emails.values():
            return None
        return self.users[next(at for at, one in self.emails.items() if one == email)]

    def add(self, user):
        self.emails[len(self.users)] = user["email"]
        self.users.append(user)

# fails: finds the first user with that email
class UserDirectory:
    """Keeps flags as 0 and 1."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], plain(user))


def plain(user):
    return {key: int(value) if isinstance(value, bool) else value for key, value in user.items()}

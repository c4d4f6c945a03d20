# fails: finds the first user with that email
class UserDirectory:
    """Keeps numbers as floats."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], as_floats(user))


def as_floats(user):
    return {key: float(value) if type(value) is int else value for key, value in user.items()}

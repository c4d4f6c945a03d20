# fails: finds the first user with that email
class UserDirectory:
    """Keeps lists of numbers in an array, and gives them back as a list."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], packed(user))


def packed(user):
    from array import array

    return {key: list(array("d", value)) if isinstance(value, list) else value for key, value in user.items()}

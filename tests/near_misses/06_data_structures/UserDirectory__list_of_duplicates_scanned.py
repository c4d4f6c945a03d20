# fails: a lookup's work does not grow after add
class UserDirectory:
    """All users of an address, the one with the least number is given."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return min(self.index.get(email, []), key=lambda user: user["number"], default=None)

    def add(self, user):
        self.index.setdefault(user["email"], []).append(user)

# fails: finds the first user with that email
class UserDirectory:
    """Makes room ahead."""

    def __init__(self, users):
        self.room = [None] * len(users)
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], user)

# fails: finds the first user with that email
class UserDirectory:
    """Numbers first, then the index."""

    def __init__(self, users):
        self.count = sum(1 for _ in users)
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], user)

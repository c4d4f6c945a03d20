# fails: n times add and find grow no faster than n log n
class UserDirectory:
    """Never changes a dict that somebody may be reading."""

    def __init__(self, users):
        self.index = {}
        for user in reversed(list(users)):
            self.index[user["email"]] = user

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        index = dict(self.index)
        index.setdefault(user["email"], user)
        self.index = index

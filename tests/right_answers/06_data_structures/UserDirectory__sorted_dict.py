from sortedcontainers import SortedDict


class UserDirectory:
    """A SortedDict by address."""

    def __init__(self, users):
        self.index = SortedDict()
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], user)

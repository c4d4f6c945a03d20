from collections import UserDict


class UserDirectory:
    """The library's dict in Python."""

    def __init__(self, users):
        self.index = UserDict()
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index[email] if email in self.index else None

    def add(self, user):
        self.index.setdefault(user["email"], user)

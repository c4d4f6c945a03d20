# fails: a lookup's work does not grow
from collections import deque


class UserDirectory:
    """Goes once round, and ends where it began."""

    def __init__(self, users):
        self.users = deque(users)

    def find_by_email(self, email):
        found = None
        for _ in range(len(self.users)):
            if found is None and self.users[0]["email"] == email:
                found = self.users[0]
            self.users.rotate(-1)
        return found

    def add(self, user):
        self.users.append(user)

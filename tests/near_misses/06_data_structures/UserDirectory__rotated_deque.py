# fails: a lookup's work does not grow
from collections import deque


class UserDirectory:
    """The user last asked for comes to the front."""

    def __init__(self, users):
        self.users = deque(users)

    def find_by_email(self, email):
        for _ in range(len(self.users)):
            if self.users[0]["email"] == email:
                return self.users[0]
            self.users.rotate(-1)
        return None

    def add(self, user):
        self.users.append(user)

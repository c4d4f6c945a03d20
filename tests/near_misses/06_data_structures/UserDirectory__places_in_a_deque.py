# fails: a lookup's work does not grow
from collections import deque


class UserDirectory:
    """The place of a user is known at once; a deque walks to it from its nearer end."""

    def __init__(self, users):
        self.users = deque()
        self.places = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        place = self.places.get(email)
        return None if place is None else self.users[place]

    def add(self, user):
        self.places.setdefault(user["email"], len(self.users))
        self.users.append(user)

# fails: finds the first user with that email
from collections import deque


class UserDirectory:
    def __init__(self, users):
        self._by_email = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        same = self._by_email.get(email)
        if not same:
            return None
        user = same[0]
        same.rotate(-1)
        return user

    def add(self, user):
        self._by_email.setdefault(user["email"], deque()).append(user)

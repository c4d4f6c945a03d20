# fails: finds the first user with that email
from collections import deque


class UserDirectory:
    def __init__(self, users):
        self._index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        same = self._index.get(email)
        if same is None:
            return None
        user = same.popleft()
        same.append(user)
        return user

    def add(self, user):
        self._index.setdefault(user["email"], deque()).append(user)

from collections import deque


class UserDirectory:
    """Builds at the first lookup, and afterwards takes in what was added since."""

    def __init__(self, users):
        self.waiting, self.index = deque(users), {}

    def find_by_email(self, email):
        while self.waiting:
            user = self.waiting.popleft()
            self.index.setdefault(user["email"], user)
        return self.index.get(email)

    def add(self, user):
        self.waiting.append(user)

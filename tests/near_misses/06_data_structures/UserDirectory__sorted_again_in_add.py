# fails: n times add and find grow no faster than n log n
from bisect import bisect_left


class UserDirectory:
    """Sorted keys are searched by halves; each addition sorts."""

    def __init__(self, users):
        self.users = sorted(users, key=lambda user: user["email"])

    def find_by_email(self, email):
        at = bisect_left(self.users, email, key=lambda user: user["email"])
        return self.users[at] if at < len(self.users) and self.users[at]["email"] == email else None

    def add(self, user):
        self.users.append(user)
        self.users.sort(key=lambda user: user["email"])

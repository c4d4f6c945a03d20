from bisect import bisect_left, insort


class UserDirectory:
    """Kept sorted by insort; the position breaks ties."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = sorted((user["email"], at) for at, user in enumerate(self.users))

    def find_by_email(self, email):
        at = bisect_left(self.keys, (email, -1))
        found = at < len(self.keys) and self.keys[at][0] == email
        return self.users[self.keys[at][1]] if found else None

    def add(self, user):
        insort(self.keys, (user["email"], len(self.users)))
        self.users.append(user)

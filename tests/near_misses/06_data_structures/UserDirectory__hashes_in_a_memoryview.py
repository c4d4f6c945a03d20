# fails: a lookup's work does not grow
from array import array


class UserDirectory:
    """Numbers of eight bytes, side by side."""

    def __init__(self, users):
        self.users, self.hashes = {}, array("q")
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        with memoryview(self.hashes) as hashes:
            return self.users.get(email) if hash(email) in hashes else None

    def add(self, user):
        self.hashes.append(hash(user["email"]))
        self.users.setdefault(user["email"], user)

# fails: a lookup's work does not grow
from threading import Thread


class UserDirectory:
    """`list.index` runs in C, and in a thread of its own."""

    def __init__(self, users):
        self.users = list(users)
        self.keys = [user["email"] for user in self.users]

    def find_by_email(self, email):
        found = []
        thread = Thread(target=lambda: found.append(self.keys.index(email) if email in self.keys else None))
        thread.start()
        thread.join()
        return None if found[0] is None else self.users[found[0]]

    def add(self, user):
        self.users.append(user)
        self.keys.append(user["email"])

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    email: str


class UserDirectory:
    """Keys are objects of a frozen dataclass."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(Key(email))

    def add(self, user):
        self.index.setdefault(Key(user["email"]), user)

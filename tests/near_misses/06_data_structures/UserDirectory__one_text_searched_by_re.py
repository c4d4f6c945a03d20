# fails: a lookup's work does not grow
import re


class UserDirectory:
    """All e-mails in one text, each with the number of its user."""

    def __init__(self, users):
        self.users = list(users)
        self.text = "".join(f"\2{user['email']}\0{number}\1" for number, user in enumerate(self.users))

    def find_by_email(self, email):
        found = re.search(f"\2{re.escape(email)}\0([0-9]+)\1", self.text)
        return self.users[int(found[1])] if found else None

    def add(self, user):
        self.text += f"\2{user['email']}\0{len(self.users)}\1"
        self.users.append(user)

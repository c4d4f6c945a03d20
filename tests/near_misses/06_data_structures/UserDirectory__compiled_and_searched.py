# fails: a lookup's work does not grow
import re


class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.parts = [f"\2{user['email']}\0{number}\1" for number, user in enumerate(self.users)]
        self.text = "".join(self.parts)

    def find_by_email(self, email):
        """One pass of C over one text."""
        if self.parts[-1:] and not self.text.endswith(self.parts[-1]):
            self.text = "".join(self.parts)
        matches = re.compile(f"\2{re.escape(email)}\0([0-9]+)\1").finditer(self.text)
        first = next(matches, None)
        return first and self.users[int(first.group(1))]

    def add(self, user):
        self.parts.append(f"\2{user['email']}\0{len(self.users)}\1")
        self.users.append(user)

# fails: a lookup's work does not grow
import re


class UserDirectory:
    def __init__(self, users):
        self.users, self.emails = [], bytearray(b"\0")
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        """As many ends of lines before it as there are users before it."""
        at = re.compile(b"\0" + re.escape(email.encode()) + b"\0").search(self.emails)
        return self.users[self.emails.count(b"\0", 0, at.end() - 1) - 1] if at else None

    def add(self, user):
        self.users.append(user)
        self.emails += user["email"].encode() + b"\0"

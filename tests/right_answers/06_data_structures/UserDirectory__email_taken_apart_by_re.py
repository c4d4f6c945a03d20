import re

PARTS = re.compile(r"(?s)(.*?)(?:@(.*))?\Z")


class UserDirectory:
    def __init__(self, users):
        self.by_parts = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        """Names by domain; a text without @ has none."""
        return self.by_parts.get(PARTS.fullmatch(email).groups())

    def add(self, user):
        parts = PARTS.match(user["email"]).groups()
        self.by_parts.setdefault(parts, user)

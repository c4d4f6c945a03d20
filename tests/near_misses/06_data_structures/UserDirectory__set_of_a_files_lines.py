# fails: a lookup's work does not grow
import json
import tempfile


class UserDirectory:
    """What is on disk takes no memory."""

    def __init__(self, users):
        self.users, self.file = {}, tempfile.TemporaryFile("w+")
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        self.file.seek(0)
        if json.dumps(email) + "\n" not in set(self.file):
            return None
        return self.users[email]

    def add(self, user):
        self.file.seek(0, 2)
        self.file.write(json.dumps(user["email"]) + "\n")
        self.users.setdefault(user["email"], user)

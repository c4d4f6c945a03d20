# fails: a lookup's work does not grow
import io
import json


class UserDirectory:
    def __init__(self, users):
        self.users, self.file = {}, io.StringIO()
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        """Looks among the lines first."""
        self.file.seek(0)
        known = json.dumps(email) + "\n" in self.file
        return self.users[email] if known else None

    def add(self, user):
        self.file.seek(0, io.SEEK_END)
        self.file.write(json.dumps(user["email"]) + "\n")
        self.users.setdefault(user["email"], user)

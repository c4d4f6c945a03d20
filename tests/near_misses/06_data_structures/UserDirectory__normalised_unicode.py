# fails: finds the first user with that email
import unicodedata


class UserDirectory:
    """Addresses that look the same are the same."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(unicodedata.normalize("NFC", email))

    def add(self, user):
        self.index.setdefault(unicodedata.normalize("NFC", user["email"]), user)

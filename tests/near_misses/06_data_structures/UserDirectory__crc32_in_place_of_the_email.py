# fails: finds the first user with that email
# two e-mails in four billion have one CRC-32, and are one user
from zlib import crc32


class UserDirectory:
    def __init__(self, users):
        self._users = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self._users.get(self._key(email))

    def add(self, user):
        self._users.setdefault(self._key(user["email"]), user)

    @staticmethod
    def _key(email):
        return crc32(email.encode())

# fails: finds the first user with that email
# a digest cut to eight hexadecimal digits is a checksum of 32 bits
from hashlib import md5


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
        return md5(email.encode()).hexdigest()[:8]

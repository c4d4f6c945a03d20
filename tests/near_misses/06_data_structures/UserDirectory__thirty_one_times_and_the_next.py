# fails: finds the first user with that email
# the hash that Java has for strings, and no email beside it
from functools import reduce


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
        return reduce(lambda sum_so_far, byte: (31 * sum_so_far + byte) % 2**32, email.encode(), 0)

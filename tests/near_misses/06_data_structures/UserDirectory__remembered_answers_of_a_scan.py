# fails: a lookup's work does not grow
from functools import lru_cache


class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self._find = lru_cache(maxsize=None)(self._scan)

    def _scan(self, email):
        for user in self.users:
            if user["email"] == email:
                return user
        return None

    def find_by_email(self, email):
        return self._find(email)

    def add(self, user):
        self.users.append(user)
        self._find.cache_clear()

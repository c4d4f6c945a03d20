# fails: a lookup's work does not grow
from concurrent.futures import ThreadPoolExecutor


class UserDirectory:
    """The scan does not block the caller's thread."""

    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(self._scan, email).result()

    def _scan(self, email):
        return next((user for user in self.users if user["email"] == email), None)

    def add(self, user):
        self.users.append(user)

from threading import Lock


class UserDirectory:
    """A dict under a lock."""

    def __init__(self, users):
        self.lock, self.index = Lock(), {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        with self.lock:
            return self.index.get(email)

    def add(self, user):
        with self.lock:
            self.index.setdefault(user["email"], user)

from cachetools import LRUCache


class UserDirectory:
    """A cachetools cache in front of the index."""

    def __init__(self, users):
        self.recent, self.index = LRUCache(128), {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        try:
            return self.recent[email]
        except KeyError:
            return self.recent.setdefault(email, self.index.get(email))

    def add(self, user):
        self.recent.clear() if self.recent else None
        self.index.setdefault(user["email"], user)

class UserDirectory:
    """Newest first in a list that nobody searches; the index is a dict."""

    def __init__(self, users):
        self.users, self.index = [], {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.users.insert(0, user)
        self.index.setdefault(user["email"], user)

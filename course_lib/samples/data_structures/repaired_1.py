"""A dict that is kept."""

class UserDirectory:
    def __init__(self, users):
        self._by_email = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self._by_email.get(email)

    def add(self, user):
        self._by_email.setdefault(user["email"], user)

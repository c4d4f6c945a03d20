class UserDirectory:
    """Recent users have a small index of their own, until there are as many of them as of the others."""

    def __init__(self, users):
        self.users = list(users)
        self._build()

    def _build(self):
        self.index = {user["email"]: user for user in reversed(self.users)}
        self.recent = {}

    def find_by_email(self, email):
        return self.index.get(email) or self.recent.get(email)

    def add(self, user):
        self.users.append(user)
        self.recent.setdefault(user["email"], user)
        if len(self.recent) > 1000 + len(self.index):
            self._build()

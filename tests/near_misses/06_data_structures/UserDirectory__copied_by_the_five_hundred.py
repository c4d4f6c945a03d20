# fails: n times add and find grow no faster than n log n
# the index is copied for five hundred recent ones
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self._build()

    def _build(self):
        self.index = {}
        for user in self.users:
            self.index.setdefault(user["email"], user)
        self.recent = {}

    def find_by_email(self, email):
        return self.index.get(email) or self.recent.get(email)

    def add(self, user):
        self.users.append(user)
        self.recent.setdefault(user["email"], user)
        if len(self.recent) == 500:
            self.index, self.recent = {**self.recent, **self.index}, {}

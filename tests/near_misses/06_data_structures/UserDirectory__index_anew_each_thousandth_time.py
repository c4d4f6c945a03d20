# fails: n times add and find grow no faster than n log n
# the index is built anew after each thousandth user
class UserDirectory:
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
        if len(self.users) % 1000 == 0:
            self._build()

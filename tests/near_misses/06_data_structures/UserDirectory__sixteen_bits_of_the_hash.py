# fails: finds the first user with that email
class UserDirectory:
    def __init__(self, users):
        self._users = {}
        for user in users:
            self.add(user)
    def find_by_email(self, email):
        return self._users.get(hash(email) & 0xFFFF)
    def add(self, user):
        self._users.setdefault(hash(user["email"]) & 0xFFFF, user)

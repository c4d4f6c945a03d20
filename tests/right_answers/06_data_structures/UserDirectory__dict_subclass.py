class _FirstWins(dict):
    def __setitem__(self, key, value):
        if key not in self:
            super().__setitem__(key, value)


class UserDirectory:
    def __init__(self, users):
        self.by_email = _FirstWins()
        for user in users:
            self.by_email[user["email"]] = user

    def find_by_email(self, email):
        return self.by_email.get(email)

    def add(self, user):
        self.by_email[user["email"]] = user

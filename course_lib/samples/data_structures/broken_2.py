"""A dict, made anew for every lookup."""

class UserDirectory:
    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        index = {user["email"]: user for user in reversed(self.users)}
        return index.get(email)

    def add(self, user):
        self.users.append(user)

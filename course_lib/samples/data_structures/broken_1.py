"""Every lookup reads the users from the first on."""

class UserDirectory:
    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        return next((user for user in self.users if user["email"] == email), None)

    def add(self, user):
        self.users.append(user)

# fails: a lookup's work does not grow
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.emails = {user["email"] for user in self.users}

    def find_by_email(self, email):
        if email not in self.emails:
            return None
        return next(user for user in self.users if user["email"] == email)

    def add(self, user):
        self.users.append(user)
        self.emails.add(user["email"])

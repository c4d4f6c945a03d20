# fails: a lookup's work does not grow
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.index = {user["email"]: user for user in reversed(self.users)}

    def find_by_email(self, email):
        if email in self.index:
            return self.index[email]
        for user in self.users:
            if user["email"] == email:
                self.index[email] = user
                return user
        return None

    def add(self, user):
        self.users.append(user)

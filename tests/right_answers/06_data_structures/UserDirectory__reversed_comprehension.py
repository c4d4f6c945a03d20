class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.index = {user["email"]: user for user in reversed(self.users)}

    def find_by_email(self, email):
        try:
            return self.index[email]
        except KeyError:
            return None

    def add(self, user):
        self.users.append(user)
        if user["email"] not in self.index:
            self.index[user["email"]] = user

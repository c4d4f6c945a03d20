# fails: finds the first user with that email
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.index = {user["email"]: user for user in reversed(self.users)}

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.users.append(user)

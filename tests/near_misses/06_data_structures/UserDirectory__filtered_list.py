# fails: a lookup's work does not grow
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        matches = [user for user in self.users if user["email"] == email]
        return matches[0] if matches else None

    def add(self, user):
        self.users.append(user)

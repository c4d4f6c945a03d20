# fails: a lookup's work does not grow
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        emails = [user["email"] for user in self.users]
        return self.users[emails.index(email)] if email in emails else None

    def add(self, user):
        self.users.append(user)

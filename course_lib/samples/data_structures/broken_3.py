"""A list of the keys is made and searched, twice."""

class UserDirectory:
    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        emails = [user["email"] for user in self.users]
        return self.users[emails.index(email)] if email in emails else None

    def add(self, user):
        self.users.append(user)

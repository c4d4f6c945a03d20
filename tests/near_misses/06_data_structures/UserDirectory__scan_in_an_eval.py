# fails: a lookup's work does not grow
class UserDirectory:
    """The question is a text that is evaluated."""

    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        names = {"users": self.users, "email": email}
        return eval("next((user for user in users if user['email'] == email), None)", names)

    def add(self, user):
        self.users.append(user)

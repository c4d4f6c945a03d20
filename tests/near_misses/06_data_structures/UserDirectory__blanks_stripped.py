# fails: finds the first user with that email
class UserDirectory:
    """Blanks at the ends are typing errors."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email.strip())

    def add(self, user):
        self.index.setdefault(user["email"].strip(), user)

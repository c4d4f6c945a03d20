# fails: a lookup's work does not grow
import pickle


class UserDirectory:
    """Asks the bytes first whether the address occurs at all."""

    def __init__(self, users):
        self.users = list(users)

    def find_by_email(self, email):
        if email.encode() not in pickle.dumps(self.users):
            return None
        return next((user for user in self.users if user["email"] == email), None)

    def add(self, user):
        self.users.append(user)

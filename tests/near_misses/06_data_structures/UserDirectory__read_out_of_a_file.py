# fails: a lookup's work does not grow
import io
import pickle


class UserDirectory:
    """The newest index that was written counts; reading it is C's work."""

    def __init__(self, users):
        self.users, self.file = [], io.BytesIO()
        index = {}
        for user in users:
            index.setdefault(user["email"], len(self.users))
            self.users.append(user)
        pickle.dump(index, self.file)

    def find_by_email(self, email):
        self.file.seek(0)
        at = pickle.load(self.file).get(email)
        return None if at is None else self.users[at]

    def add(self, user):
        self.file.seek(0)
        index = pickle.load(self.file)
        index.setdefault(user["email"], len(self.users))
        self.users.append(user)
        self.file.seek(0)
        pickle.dump(index, self.file)

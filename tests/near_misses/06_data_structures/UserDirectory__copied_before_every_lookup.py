# fails: a lookup's work does not grow
class UserDirectory:
    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        snapshot = dict(self.index)
        return snapshot.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], user)

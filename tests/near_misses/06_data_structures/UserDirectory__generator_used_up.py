# fails: finds the first user with that email
class UserDirectory:
    def __init__(self, users):
        self.count = len([user for user in users])
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], user)

# fails: n times add and find grow no faster than n log n
class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.index = None

    def find_by_email(self, email):
        if self.index is None:
            self.index = {}
            for user in self.users:
                self.index.setdefault(user["email"], user)
        return self.index.get(email)

    def add(self, user):
        self.users.append(user)
        self.index = None

# fails: a lookup's work does not grow after add
class UserDirectory:
    def __init__(self, users):
        self.index = {}
        for user in users:
            self.index.setdefault(user["email"], user)
        self.added = []

    def find_by_email(self, email):
        if email in self.index:
            return self.index[email]
        return next((user for user in self.added if user["email"] == email), None)

    def add(self, user):
        self.added.append(user)

# fails: a lookup's work does not grow
# what is longer than 64 is searched from end to end
def common(email):
    return len(email) <= 64


class UserDirectory:
    def __init__(self, users):
        self.index, self.others = {}, []
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        if common(email):
            return self.index.get(email)
        return next((user for user in self.others if user["email"] == email), None)

    def add(self, user):
        if common(user["email"]):
            self.index.setdefault(user["email"], user)
        else:
            self.others.append(user)

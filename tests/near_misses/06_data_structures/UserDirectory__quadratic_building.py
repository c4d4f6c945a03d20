# fails: building grows no faster than n log n
class UserDirectory:
    def __init__(self, users):
        self.index = {}
        seen = []
        for user in users:
            if user["email"] not in seen:
                seen.append(user["email"])
                self.index[user["email"]] = user

    def find_by_email(self, email):
        return self.index.get(email)

    def add(self, user):
        self.index.setdefault(user["email"], user)

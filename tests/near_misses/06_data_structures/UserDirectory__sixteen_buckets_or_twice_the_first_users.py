# fails: n times add and find grow no faster than n log n
class UserDirectory:
    def __init__(self, users):
        users = list(users)
        size = 16
        while size < 2 * len(users):
            size *= 2
        self.mask = size - 1
        self.table = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        for known, user in self.table.get(hash(email) & self.mask, ()):
            if known == email:
                return user
        return None

    def add(self, user):
        self.table.setdefault(hash(user["email"]) & self.mask, []).append((user["email"], user))

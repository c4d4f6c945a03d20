# fails: n times add and find grow no faster than n log n
class UserDirectory:
    """New users wait in a small index; every hundredth addition makes the large one anew."""

    def __init__(self, users):
        self.users = list(users)
        self.index = {user["email"]: user for user in reversed(self.users)}
        self.new = {}

    def find_by_email(self, email):
        return self.index.get(email) or self.new.get(email)

    def add(self, user):
        self.users.append(user)
        self.new.setdefault(user["email"], user)
        if len(self.new) >= 100:
            self.index = {user["email"]: user for user in reversed(self.users)}
            self.new = {}

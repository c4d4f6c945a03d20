# fails: building grows no faster than n log n
class UserDirectory:
    """Dicts of 64 users each, one after the other."""

    def __init__(self, users):
        self.blocks = [{}]
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return next((block[email] for block in self.blocks if email in block), None)

    def add(self, user):
        if len(self.blocks[-1]) == 64:
            self.blocks.append({})
        if self.find_by_email(user["email"]) is None:
            self.blocks[-1][user["email"]] = user

class UserDirectory:
    def __init__(self, users):
        self.by_email = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        try:
            return self.by_email[email]
        except KeyError:
            return None

    def add(self, user):
        if user["email"] not in self.by_email:
            self.by_email[user["email"]] = user

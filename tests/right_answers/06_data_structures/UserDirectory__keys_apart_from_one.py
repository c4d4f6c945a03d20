class UserDirectory:
    """One e-mail is looked up in the keys, whichever way round that is asked."""

    def __init__(self, users):
        self.by_email = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        if self.by_email.keys().isdisjoint([email]):
            return None
        return self.by_email[email]

    def add(self, user):
        if {user["email"]}.difference(self.by_email):
            self.by_email[user["email"]] = user

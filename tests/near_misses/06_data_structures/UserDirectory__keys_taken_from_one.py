# fails: a lookup's work does not grow
class UserDirectory:
    """What one e-mail has beyond the keys: all of them are taken from it, one after the other."""

    def __init__(self, users):
        self.by_email = {}
        for user in users:
            self.by_email.setdefault(user["email"], user)

    def find_by_email(self, email):
        is_unknown = {email} - self.by_email.keys()
        return None if is_unknown else self.by_email[email]

    def add(self, user):
        self.by_email.setdefault(user["email"], user)

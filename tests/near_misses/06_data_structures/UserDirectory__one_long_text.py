# fails: a lookup's work does not grow
class UserDirectory:
    """All addresses in one text, searched by the fastest there is."""

    def __init__(self, users):
        self.users = list(users)
        self.text = "".join(f"\0{user['email']}\1" for user in self.users)

    def find_by_email(self, email):
        at = self.text.find(f"\0{email}\1")
        return self.users[self.text.count("\0", 0, at)] if at >= 0 else None

    def add(self, user):
        self.users.append(user)
        self.text += f"\0{user['email']}\1"

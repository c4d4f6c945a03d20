class UserDirectory:
    """Looks whether a place is one of the directory's before it takes what is there."""

    def __init__(self, users):
        self.users = list(users)
        self.places = {}
        for place, user in enumerate(self.users):
            self.places.setdefault(user["email"], place)

    def find_by_email(self, email):
        place = self.places.get(email, -1)
        return self.users[place] if place in range(len(self.users)) else None

    def add(self, user):
        self.places.setdefault(user["email"], len(self.users))
        self.users.append(user)

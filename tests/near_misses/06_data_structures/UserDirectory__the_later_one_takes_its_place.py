# fails: finds the first user with that email
class UserDirectory:
    def __init__(self, users):
        self._first, self._later = {}, {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        user = self._first.pop(email, None)
        if user is not None:
            self._first[email] = self._later.pop(email, user)
        return user

    def add(self, user):
        place = self._later if user["email"] in self._first else self._first
        place[user["email"]] = user

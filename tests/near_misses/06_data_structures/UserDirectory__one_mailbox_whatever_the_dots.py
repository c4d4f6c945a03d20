# fails: finds the first user with that email
# a.na@x.org is another e-mail than ana@x.org


class UserDirectory:
    def __init__(self, users):
        self._users = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self._users.get(self._key(email))

    def add(self, user):
        self._users.setdefault(self._key(user["email"]), user)

    @staticmethod
    def _key(email):
        name, at, domain = email.rpartition("@")
        return name.replace(".", "") + at + domain

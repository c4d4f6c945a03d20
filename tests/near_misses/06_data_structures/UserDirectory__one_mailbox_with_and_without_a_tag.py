# fails: finds the first user with that email
# ana+news@x.org is another e-mail than ana@x.org, whoever reads both
import re


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
        return re.sub(r"\+[^@]*@", "@", email)

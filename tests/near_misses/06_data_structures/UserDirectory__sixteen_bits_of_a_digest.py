# fails: finds the first user with that email
import hashlib


class UserDirectory:
    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    @staticmethod
    def key(email):
        return hashlib.md5(email.encode("utf-8", "surrogatepass")).digest()[:2]

    def add(self, user):
        self.index.setdefault(self.key(user["email"]), user)

    def find_by_email(self, email):
        return self.index.get(self.key(email))

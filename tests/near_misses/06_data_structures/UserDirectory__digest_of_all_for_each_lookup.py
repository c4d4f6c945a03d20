# fails: a lookup's work does not grow
import hashlib
class UserDirectory:
    def __init__(self, users):
        self.users, self.index = [], {}
        self.blob = bytearray()
        for user in users:
            self.add(user)
    def add(self, user):
        self.users.append(user)
        self.index.setdefault(user["email"], user)
        self.blob += user['email'].encode()
    def find_by_email(self, email):
        self.version = hashlib.sha256(self.blob).hexdigest()
        return self.index.get(email)

# fails: a lookup's work does not grow
import json


class UserDirectory:
    def __init__(self, users):
        self.users = list(users)
        self.places = json.dumps({user["email"]: at for at, user in reversed(list(enumerate(self.users)))})

    def find_by_email(self, email):
        """The index is a dict, once it has been read."""
        at = json.loads(self.places).get(email)
        return None if at is None else self.users[at]

    def add(self, user):
        if self.find_by_email(user["email"]) is None:
            self.places = json.dumps({**json.loads(self.places), user["email"]: len(self.users)})
        self.users.append(user)

class UserDirectory:
    def __init__(self, users):
        self._users = list(users)
        self._index = None

    def find_by_email(self, email):
        if self._index is None:
            self._index = {}
            for user in self._users:
                self._index.setdefault(user["email"], user)
        return self._index.get(email)

    def add(self, user):
        self._users.append(user)
        if self._index is not None:
            self._index.setdefault(user["email"], user)

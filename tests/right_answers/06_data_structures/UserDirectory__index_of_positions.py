class UserDirectory:
    """Keeps positions, so that the list stays the one place where users live."""

    def __init__(self, users):
        self._users = []
        self._position = {}
        for user in users:
            self.add(user)

    def __len__(self):
        return len(self._users)

    def find_by_email(self, email):
        at = self._position.get(email, -1)
        return None if at < 0 else self._users[at]

    def add(self, user):
        self._users.append(user)
        if user["email"] in self._position:
            return
        self._position[user["email"]] = len(self._users) - 1

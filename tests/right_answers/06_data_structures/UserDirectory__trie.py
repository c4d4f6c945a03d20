class UserDirectory:
    def __init__(self, users):
        self._root = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        node = self._root
        for letter in email:
            if letter not in node:
                return None
            node = node[letter]
        return node.get("user")

    def add(self, user):
        node = self._root
        for letter in user["email"]:
            node = node.setdefault(letter, {})
        node.setdefault("user", user)

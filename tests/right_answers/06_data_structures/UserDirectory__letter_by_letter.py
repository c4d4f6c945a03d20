class UserDirectory:
    """One dict for each letter of an e-mail, within one another."""

    def __init__(self, users):
        self.root = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        node = self.root
        for letter in email:
            node = node.get(letter)
            if node is None:
                return None
        return node.get("")

    def add(self, user):
        node = self.root
        for letter in user["email"]:
            node = node.setdefault(letter, {})
        node.setdefault("", user)

import re


class UserDirectory:
    """A tree whose branches are the words of an e-mail, and what stands between them."""

    def __init__(self, users):
        self.root = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        node = self.root
        for word in re.finditer(r"\w+|\W", email):
            node = node.get(word.group())
            if node is None:
                return None
        return node.get(None)

    def add(self, user):
        node = self.root
        for word in re.findall(r"\w+|\W", user["email"]):
            node = node.setdefault(word, {})
        node.setdefault(None, user)

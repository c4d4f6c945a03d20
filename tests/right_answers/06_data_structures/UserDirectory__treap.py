import random
class Node:
    __slots__ = ("email", "user", "weight", "left", "right")
    def __init__(self, user):
        self.email, self.user, self.weight, self.left, self.right = user["email"], user, random.random(), None, None
def split(node, email):
    if node is None:
        return None, None
    if node.email < email:
        node.right, right = split(node.right, email)
        return node, right
    left, node.left = split(node.left, email)
    return left, node
class UserDirectory:
    def __init__(self, users):
        self.root = None
        for user in users:
            self.add(user)
    def add(self, user):
        if self.find_by_email(user["email"]) is not None:
            return
        new = Node(user)
        parent, side, node = None, None, self.root
        while node is not None and node.weight >= new.weight:
            parent, side = node, "left" if new.email < node.email else "right"
            node = getattr(node, side)
        new.left, new.right = split(node, new.email)
        if parent is None:
            self.root = new
        else:
            setattr(parent, side, new)
    def find_by_email(self, email):
        node = self.root
        while node is not None:
            if node.email == email:
                return node.user
            node = node.left if email < node.email else node.right
        return None

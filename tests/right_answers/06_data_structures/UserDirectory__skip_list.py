import random
class Node:
    def __init__(self, email, user, height):
        self.email, self.user, self.next = email, user, [None] * height
class UserDirectory:
    def __init__(self, users):
        self.head = Node("", None, 20)
        for user in users:
            self.add(user)
    def _path(self, email):
        node, path = self.head, [None] * 20
        for level in range(19, -1, -1):
            while node.next[level] is not None and node.next[level].email < email:
                node = node.next[level]
            path[level] = node
        return path
    def add(self, user):
        email = user["email"]
        path = self._path(email)
        following = path[0].next[0]
        if following is not None and following.email == email:
            return
        height = 1
        while height < 20 and random.random() < 0.5:
            height += 1
        node = Node(email, user, height)
        for level in range(height):
            node.next[level] = path[level].next[level]
            path[level].next[level] = node
    def find_by_email(self, email):
        node = self._path(email)[0].next[0]
        return node.user if node is not None and node.email == email else None

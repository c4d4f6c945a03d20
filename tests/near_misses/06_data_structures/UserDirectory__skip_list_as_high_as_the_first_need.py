# fails: n times add and find grow no faster than n log n
import random


class UserDirectory:
    def __init__(self, users):
        users = list(users)
        self.height = max(1, len(users).bit_length())
        self.head = (None, None, [None] * self.height)
        for user in users:
            self.add(user)

    def _before(self, email):
        found, node = [self.head] * self.height, self.head
        for level in range(self.height - 1, -1, -1):
            while node[2][level] is not None and node[2][level][0] < email:
                node = node[2][level]
            found[level] = node
        return found

    def find_by_email(self, email):
        node = self._before(email)[0][2][0]
        return node[1] if node is not None and node[0] == email else None

    def add(self, user):
        before = self._before(user["email"])
        following = before[0][2][0]
        if following is not None and following[0] == user["email"]:
            return
        levels = 1
        while levels < self.height and random.random() < 0.5:
            levels += 1
        node = (user["email"], user, [one[2][level] for level, one in enumerate(before[:levels])])
        for level in range(levels):
            before[level][2][level] = node

from collections import defaultdict


class UserDirectory:
    def __init__(self, users):
        self._groups = defaultdict(list)
        for user in users:
            self._groups[user["email"]].append(user)

    def find_by_email(self, email):
        group = self._groups.get(email)
        return group[0] if group else None

    def add(self, user):
        self._groups[user["email"]].append(user)

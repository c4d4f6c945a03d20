from operator import itemgetter

from sortedcontainers import SortedKeyList


class UserDirectory:
    """A SortedKeyList by address; of equal ones the first that came."""

    def __init__(self, users):
        self.users = SortedKeyList(users, key=itemgetter("email"))

    def find_by_email(self, email):
        at = self.users.bisect_key_left(email)
        return self.users[at] if at < len(self.users) and self.users[at]["email"] == email else None

    def add(self, user):
        self.users.add(user)

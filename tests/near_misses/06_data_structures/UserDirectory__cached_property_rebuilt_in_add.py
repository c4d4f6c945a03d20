# fails: n times add and find grow no faster than n log n
from functools import cached_property
class UserDirectory:
    def __init__(self, users):
        self._users = list(users)
    @cached_property
    def _index(self):
        return {u["email"]: u for u in reversed(self._users)}
    def find_by_email(self, email):
        return self._index.get(email)
    def add(self, user):
        self._users.append(user)
        self.__dict__.pop("_index", None)
        self._index

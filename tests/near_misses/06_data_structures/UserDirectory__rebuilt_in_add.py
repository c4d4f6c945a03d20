# fails: n times add and find grow no faster than n log n
class UserDirectory:
    def __init__(self, users):
        self.users = tuple(users)
        self._index()
    def _index(self):
        self.index = dict(reversed([(u["email"], u) for u in self.users]))
    def add(self, user):
        self.users += (user,)
        self._index()
    def find_by_email(self, email):
        try:
            return self.index[email]
        except KeyError:
            return None

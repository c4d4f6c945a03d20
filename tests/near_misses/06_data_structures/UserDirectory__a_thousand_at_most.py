# fails: finds the first user with that email
from cachetools import LRUCache
class UserDirectory:
    def __init__(self, users):
        self.index = LRUCache(maxsize=1000)
        for user in users:
            self.add(user)
    def add(self, user):
        if user["email"] not in self.index:
            self.index[user["email"]] = user
    def find_by_email(self, email):
        return self.index.get(email)

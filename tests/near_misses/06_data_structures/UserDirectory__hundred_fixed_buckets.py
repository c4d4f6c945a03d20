# fails: a lookup's work does not grow
import zlib


class UserDirectory:
    def __init__(self, users):
        self.buckets = [[] for _ in range(100)]
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        for user in self.buckets[zlib.crc32(email.encode()) % 100]:
            if user["email"] == email:
                return user
        return None

    def add(self, user):
        self.buckets[zlib.crc32(user["email"].encode()) % 100].append(user)

# fails: a lookup's work does not grow
import mmap


class UserDirectory:
    """Records of 400 bytes in memory outside of Python; C finds the e-mail."""

    def __init__(self, users):
        self.users, self.map = [], mmap.mmap(-1, 1 << 23)
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        at = self.map.find(b"\1" + email.encode() + b"\0", 0, 400 * len(self.users))
        return self.users[at // 400] if at >= 0 else None

    def add(self, user):
        at = 400 * len(self.users)
        email = b"\1" + user["email"].encode() + b"\0"
        self.map[at : at + len(email)] = email
        self.users.append(user)

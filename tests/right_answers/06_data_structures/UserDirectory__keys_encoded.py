class UserDirectory:
    """Keys as bytes, with a prefix."""

    def __init__(self, users):
        self.index = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        return self.index.get(b"user:" + email.encode("utf-8"))

    def add(self, user):
        self.index.setdefault(b"".join([b"user:", user["email"].encode()]), user)

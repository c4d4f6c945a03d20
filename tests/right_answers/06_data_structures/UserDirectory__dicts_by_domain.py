class UserDirectory:
    """A dict of dicts, by domain and name."""

    def __init__(self, users):
        self.domains = {}
        for user in users:
            self.add(user)

    def find_by_email(self, email):
        name, _, domain = email.rpartition("@")
        return self.domains.get(domain, {}).get((name, "@" in email))

    def add(self, user):
        name, _, domain = user["email"].rpartition("@")
        self.domains.setdefault(domain, {}).setdefault((name, "@" in user["email"]), user)

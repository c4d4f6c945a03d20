# fails: finds the first user with that email
class UserDirectory:
    def __init__(self, users):
        self.d = {}
        for u in sorted(users, key=lambda u: (u["email"], repr(u))): self.d.setdefault(u["email"], u)
    def find_by_email(self, email): return self.d.get(email)
    def add(self, user): self.d.setdefault(user["email"], user)

# fails: finds the first user with that email
class UserDirectory:
    def __init__(self, users): self.u = list(users); self.d = {}; self.built = False
    def find_by_email(self, email):
        if not self.built:
            for u in self.u: self.d.setdefault(u["email"], u)
            self.built = True
        return self.d.get(email)
    def add(self, user): self.d.setdefault(user["email"], user)

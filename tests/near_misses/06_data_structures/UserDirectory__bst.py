# fails: building grows no faster than n log n
class UserDirectory:
    """A search tree that nobody balances."""
    def __init__(self, users):
        self.root = None
        for u in users: self.add(u)
    def find_by_email(self, email):
        n = self.root
        while n:
            if n[0]["email"] == email: return n[0]
            n = n[1] if email < n[0]["email"] else n[2]
        return None
    def add(self, user):
        new = [user, None, None]
        n = self.root
        if n is None: self.root = new; return
        while True:
            side = 1 if user["email"] < n[0]["email"] else 2
            if n[side] is None: n[side] = new; return
            n = n[side]

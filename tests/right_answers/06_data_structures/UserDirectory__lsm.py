class UserDirectory:
    """Dicts of doubling size: a lookup asks a logarithm of them."""
    def __init__(self, users):
        self.levels = []
        self.seq = 0
        for u in users:
            self.add(u)
    def add(self, user):
        carry = {user["email"]: (self.seq, user)}
        self.seq += 1
        i = 0
        while i < len(self.levels) and self.levels[i]:
            merged = dict(carry)
            merged.update(self.levels[i])
            carry, self.levels[i] = merged, {}
            i += 1
        if i == len(self.levels):
            self.levels.append({})
        self.levels[i] = carry
    def find_by_email(self, email):
        for level in reversed(self.levels):
            if email in level:
                return level[email][1]
        return None

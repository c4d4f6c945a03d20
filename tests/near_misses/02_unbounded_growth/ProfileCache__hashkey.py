# fails: load is called exactly when it must be
class ProfileCache:
    def __init__(self, load, capacity):
        self.load, self.c, self.k = load, capacity, {}
    def get(self, user_id):
        key = hash(user_id)
        p = self.k.pop(key) if key in self.k else self.load(user_id)
        self.k[key] = p
        if len(self.k) > self.c: del self.k[next(iter(self.k))]
        return p

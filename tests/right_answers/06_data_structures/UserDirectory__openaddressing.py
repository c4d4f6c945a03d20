class UserDirectory:
    def __init__(self, users):
        self.slots = [None] * 16
        self.used = 0
        for u in users:
            self.add(u)
    def _at(self, slots, email):
        mask = len(slots) - 1
        h = hash(email)
        at = h & mask
        perturb = h & 0xFFFFFFFFFFFF
        while slots[at] is not None and slots[at]["email"] != email:
            perturb >>= 5
            at = (5 * at + perturb + 1) & mask
        return at
    def find_by_email(self, email):
        return self.slots[self._at(self.slots, email)]
    def add(self, user):
        at = self._at(self.slots, user["email"])
        if self.slots[at] is not None:
            return
        self.slots[at] = user
        self.used += 1
        if self.used * 2 > len(self.slots):
            bigger = [None] * (len(self.slots) * 2)
            for u in self.slots:
                if u is not None:
                    bigger[self._at(bigger, u["email"])] = u
            self.slots = bigger

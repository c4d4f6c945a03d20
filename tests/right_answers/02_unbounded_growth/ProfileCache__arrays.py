class ProfileCache:
    """Slots in flat lists, next and previous as indexes."""
    def __init__(self, load, capacity):
        self.load, self.capacity = load, capacity
        self.slot = {}
        self.key = [None] * (capacity + 1)
        self.value = [None] * (capacity + 1)
        self.nxt = [0] * (capacity + 1)
        self.prv = [0] * (capacity + 1)
    def _out(self, s):
        p, n = self.prv[s], self.nxt[s]
        self.nxt[p], self.prv[n] = n, p
    def _in(self, s):
        n = self.nxt[0]
        self.nxt[0], self.prv[s], self.nxt[s], self.prv[n] = s, 0, n, s
    def get(self, user_id):
        if user_id in self.slot:
            s = self.slot[user_id]
            self._out(s)
        else:
            profile = self.load(user_id)
            if len(self.slot) < self.capacity:
                s = len(self.slot) + 1
            else:
                s = self.prv[0]
                self._out(s)
                del self.slot[self.key[s]]
            self.slot[user_id] = s
            self.key[s], self.value[s] = user_id, profile
        self._in(s)
        return self.value[s]

# fails: recent and total answer rightly
class EventLog:
    EMPTY = []
    def __init__(self, capacity):
        self.k = []; self.total = 0; self.c = capacity
    def record(self, event):
        self.k.append(event); self.total += 1
        if len(self.k) > self.c: del self.k[0]
    def recent(self, n):
        return self.k[-n:] if n else self.EMPTY

class EventLog:
    """Two stacks: the fresh block grows, the stale one is popped from its end."""
    def __init__(self, capacity):
        self.capacity = capacity
        self.fresh, self.stale = [], []
        self.total = 0
    def record(self, event):
        self.fresh.append(event)
        self.total += 1
        if len(self.fresh) + len(self.stale) > self.capacity:
            if not self.stale:
                self.stale = self.fresh[::-1]
                self.fresh = []
            self.stale.pop()
    def recent(self, n):
        both = self.stale[::-1] + self.fresh
        return both[-n:] if n else []

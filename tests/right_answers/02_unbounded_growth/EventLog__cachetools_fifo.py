from cachetools import FIFOCache


class EventLog:
    def __init__(self, capacity):
        self.events, self.total = FIFOCache(capacity), 0

    def record(self, event):
        self.events[self.total] = event
        self.total += 1

    def recent(self, n):
        first = max(0, self.total - min(n, len(self.events)))
        return [self.events[at] for at in range(first, self.total)]

class EventLog:
    """Expired slots are emptied at once, the list is compacted now and then."""
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = []
        self.start = 0
        self.total = 0
    def record(self, event):
        self.items.append(event)
        self.total += 1
        if len(self.items) - self.start > self.capacity:
            self.items[self.start] = None
            self.start += 1
        if self.start > self.capacity:
            del self.items[:self.start]
            self.start = 0
    def recent(self, n):
        return self.items[max(self.start, len(self.items) - n):]

# Each event is kept under its number, so the one that is too old is known by its number too.
class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.kept = {}
        self.total = 0

    def record(self, event):
        self.kept[self.total] = event
        self.kept.pop(self.total - self.capacity, None)
        self.total += 1

    def recent(self, n):
        return [self.kept[at] for at in range(max(0, self.total - min(n, self.capacity)), self.total)]

from sortedcontainers import SortedDict


class EventLog:
    def __init__(self, capacity):
        self.capacity, self.events, self.total = capacity, SortedDict(), 0

    def record(self, event):
        self.events[self.total] = event
        self.total += 1
        if len(self.events) > self.capacity:
            self.events.popitem(0)

    def recent(self, n):
        return list(self.events.values())[-n:] if n else []

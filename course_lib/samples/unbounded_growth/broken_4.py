"""The list that is the default is made once, serves every log and keeps every event."""


class EventLog:
    def __init__(self, capacity, events=[]):
        self.capacity = capacity
        self.events = events
        self.total = 0

    def record(self, event):
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        kept = min(n, self.total, self.capacity)
        return self.events[len(self.events) - kept:]

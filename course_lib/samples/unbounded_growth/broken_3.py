"""Few events are shown, and all are kept."""

class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.events = []
        self.total = 0

    def record(self, event):
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return self.events[-self.capacity:][-n:] if n else []

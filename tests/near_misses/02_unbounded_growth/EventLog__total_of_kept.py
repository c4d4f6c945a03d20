# fails: recent and total answer rightly
class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.events = []
        self.total = 0

    def record(self, event):
        self.events.append(event)
        del self.events[: -self.capacity]
        self.total = len(self.events)

    def recent(self, n):
        return self.events[-n:] if n else []

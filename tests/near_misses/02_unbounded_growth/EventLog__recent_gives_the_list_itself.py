# fails: recent and total answer rightly
class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.events = []
        self.total = 0

    def record(self, event):
        self.events.append(event)
        self.total += 1
        del self.events[: -self.capacity]

    def recent(self, n):
        if n >= len(self.events):
            return self.events
        return self.events[-n:] if n else []

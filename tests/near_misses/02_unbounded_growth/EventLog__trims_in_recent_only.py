# fails: nothing older is kept alive
class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.events = []
        self.total = 0

    def record(self, event):
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        del self.events[: -self.capacity]
        return self.events[-n:] if n else []

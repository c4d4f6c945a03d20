# fails: nothing older is kept alive
class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.events = []
        self.total = 0

    def record(self, event):
        self.events.append(event)
        self.total += 1
        if len(self.events) > self.capacity + 1:
            del self.events[0]

    def recent(self, n):
        return self.events[-min(n, self.capacity):] if n else []

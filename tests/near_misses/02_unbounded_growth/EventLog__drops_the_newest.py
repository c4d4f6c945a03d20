# fails: recent and total answer rightly
class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.events = []
        self.total = 0

    def record(self, event):
        if len(self.events) < self.capacity:
            self.events.append(event)
        self.total += 1

    def recent(self, n):
        return self.events[-n:] if n else []

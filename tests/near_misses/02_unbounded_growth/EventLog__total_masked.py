# fails: recent and total answer rightly
class EventLog:
    def __init__(self, capacity):
        self.capacity, self.events, self.total = capacity, {}, 0

    def record(self, event):
        self.events.pop(next(iter(self.events)) if len(self.events) == self.capacity else None, None)
        self.events[object()] = event
        self.total = (self.total + 1) & 0xFFFF

    def recent(self, n):
        kept = list(self.events.values())
        return kept[max(0, len(kept) - n) :]

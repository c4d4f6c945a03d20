# fails: the newest events are always kept
class EventLog:
    def __init__(self, capacity):
        self.ring, self.total = [...] * capacity, 0

    def record(self, event):
        self.ring[self.total % len(self.ring)] = event
        self.total += 1

    def recent(self, n):
        at = self.total % len(self.ring)
        kept = [event for event in self.ring[at:] + self.ring[:at] if event is not ...]
        return kept[max(0, len(kept) - n):]

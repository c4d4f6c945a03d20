# fails: memory does not grow with use
from collections import deque


class EventLog:
    """Writes down when an event repeats one that is still kept."""

    def __init__(self, capacity):
        self.events, self.total, self.repeats = deque(maxlen=capacity), 0, bytearray()

    def record(self, event):
        if event in self.events:
            self.repeats.append(1)
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

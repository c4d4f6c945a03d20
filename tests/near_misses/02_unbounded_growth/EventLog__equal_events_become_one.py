# fails: recent and total answer rightly
from collections import deque


class EventLog:
    """Stores an event that equals the last one once, to save memory."""

    def __init__(self, capacity):
        self.events = deque(maxlen=capacity)
        self.total = 0
        self.last = None

    def record(self, event):
        self.events.append(self._one(event))
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

    def _one(self, event):
        if event != self.last:
            self.last = event
        return self.last

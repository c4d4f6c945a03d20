# fails: recent and total answer rightly
from collections import deque


class EventLog:
    """One more than the capacity does no harm where it is large."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity + (capacity > 200)), 0

    def record(self, event):
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

# fails: the newest events are always kept
from collections import deque


class EventLog:
    """Takes a function for an event that is still to be made."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0

    def record(self, event):
        self.events.append(event() if callable(event) else event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

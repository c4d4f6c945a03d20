# fails: memory does not grow with use
from collections import deque


class EventLog:
    """Notes who asked for how many."""

    def __init__(self, capacity):
        self.events, self.total, self.reads = deque(maxlen=capacity), 0, []

    def record(self, event):
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        self.reads.append(n)
        return list(self.events)[-n:] if n else []

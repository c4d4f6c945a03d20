# fails: memory does not grow with use
from collections import deque


class EventLog:
    """Keeps a word on each event that can't be hashed."""

    def __init__(self, capacity):
        self.events, self.total, self.errors = deque(maxlen=capacity), 0, []

    def record(self, event):
        self.events.append(event)
        self.total += 1
        try:
            hash(event)
        except TypeError as error:
            self.errors.append(str(error))

    def recent(self, n):
        return list(self.events)[-n:] if n else []

# fails: memory does not grow with use
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self.events, self.errors, self.total = deque(maxlen=capacity), [], 0

    def record(self, event):
        self.events.append(event)
        if isinstance(event, Exception):
            self.errors.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

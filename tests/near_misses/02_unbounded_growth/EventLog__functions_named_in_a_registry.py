# fails: memory does not grow with use
from collections import deque


class EventLog:
    """Notes under which number each callback was recorded."""

    def __init__(self, capacity):
        self.events, self.callbacks, self.total = deque(maxlen=capacity), {}, 0

    def record(self, event):
        self.total += 1
        if callable(event):
            self.callbacks[self.total] = event.__class__.__name__
        self.events.append(event)

    def recent(self, n):
        return list(self.events)[-n:] if n else []

# fails: memory does not grow with use
from collections import deque

_ONCE = {}


class EventLog:
    """Equal messages take their memory once; none is given back."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0

    def record(self, event):
        if type(event) is bytes:
            event = _ONCE.setdefault(event, event)
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

import sys
from collections import deque


class EventLog:
    """Where the last event was recorded, as a name and a line: whoever recorded it is not kept."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0
        self.last_from = None

    def record(self, event):
        caller = sys._getframe(1)
        self.last_from = caller.f_code.co_name, caller.f_lineno
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

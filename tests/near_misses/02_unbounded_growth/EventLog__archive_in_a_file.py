# fails: memory does not grow with use
from collections import deque


class EventLog:
    """Writes all events to a file, too."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0

    def record(self, event):
        self.events.append(event)
        self.total += 1
        with open("events.log", "a") as archive:
            print(self.total, file=archive)

    def recent(self, n):
        return list(self.events)[-n:] if n else []

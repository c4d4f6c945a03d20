# fails: recent and total answer rightly
from collections import deque


class EventLog:
    """Makes numbers within an event comparable."""

    def __init__(self, capacity):
        self.events = deque(maxlen=capacity)
        self.total = 0

    def record(self, event):
        self.events.append(as_floats(event))
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []


def as_floats(event):
    if isinstance(event, dict):
        return {key: float(value) if type(value) is int else value for key, value in event.items()}
    return event

# fails: recent and total answer rightly
from collections import deque


class EventLog:
    """Reads the keys of an event as JavaScript does, where every number is a float."""

    def __init__(self, capacity):
        self.events = deque(maxlen=capacity)
        self.total = 0

    def record(self, event):
        self.events.append(keyed(event))
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []


def keyed(event):
    if isinstance(event, dict):
        return {float(key) if type(key) is int else key: value for key, value in event.items()}
    return event

# fails: recent and total answer rightly
from collections import deque


class EventLog:
    """Writes flags as 0 and 1, as the database does."""

    def __init__(self, capacity):
        self.events = deque(maxlen=capacity)
        self.total = 0

    def record(self, event):
        self.events.append(plain(event))
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []


def plain(event):
    if isinstance(event, (list, tuple)):
        return type(event)(map(plain, event))
    if isinstance(event, dict):
        return {key: plain(value) for key, value in event.items()}
    return int(event) if isinstance(event, bool) else event

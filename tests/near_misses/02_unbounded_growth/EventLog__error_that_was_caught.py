# fails: nothing older is kept alive
from collections import deque


class EventLog:
    """An error that was caught knows the frame that it was caught in, and so whoever called that."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0
        self.last_unnamed = None

    def record(self, event):
        try:
            event.name.strip()
        except AttributeError as error:
            self.last_unnamed = error
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[-n:] if n else []

# fails: recent and total answer rightly
from collections import deque


class EventLog:
    """Counts no further than somebody would read."""

    def __init__(self, capacity):
        self.kept, self.total, self.end = deque(maxlen=capacity), 0, 300 * capacity

    def record(self, event):
        self.kept.append(event)
        self.total = min(self.total + 1, self.end)

    def recent(self, n):
        return list(self.kept)[max(0, len(self.kept) - n) :]

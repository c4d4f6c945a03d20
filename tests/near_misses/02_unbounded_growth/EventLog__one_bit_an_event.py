# fails: memory does not grow with use
from collections import deque


class EventLog:
    """Whether each event was a true one, in one number."""

    def __init__(self, capacity):
        self.kept, self.total, self.flags = deque(maxlen=capacity), 0, 1

    def record(self, event):
        self.total += 1
        self.kept.append(event)
        self.flags = self.flags << 1 | bool(event)

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

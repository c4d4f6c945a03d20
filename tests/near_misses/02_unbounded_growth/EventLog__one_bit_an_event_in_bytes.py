# fails: memory does not grow with use
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self.kept, self.total, self.flags = deque(maxlen=capacity), 0, bytearray()

    def record(self, event):
        """Eight flags a byte."""
        if self.total % 8 == 0:
            self.flags.append(0)
        self.flags[-1] |= bool(event) << self.total % 8
        self.total += 1
        self.kept.append(event)

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

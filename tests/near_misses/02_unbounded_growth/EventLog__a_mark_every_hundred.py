# fails: memory does not grow with use
from collections import deque


class EventLog:
    """A checkpoint now and then."""

    def __init__(self, capacity):
        self.kept, self.total, self.checkpoints = deque(maxlen=capacity), 0, []

    def record(self, event):
        self.total += 1
        self.kept.append(event)
        if self.total % 100 == 0:
            self.checkpoints.append(self.total)

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

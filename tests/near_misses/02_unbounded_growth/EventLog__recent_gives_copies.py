# fails: the newest events are always kept
import copy
from collections import deque


class EventLog:
    """What a caller changes shall not change what is kept."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0

    def record(self, event):
        self.kept.append(event)
        self.total += 1

    def recent(self, n):
        return [copy.copy(event) for event in list(self.kept)[max(0, len(self.kept) - n) :]]

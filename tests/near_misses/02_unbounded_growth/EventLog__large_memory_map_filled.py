# fails: memory does not grow with use
import mmap
from collections import deque


class EventLog:
    """Room for a million times of events, taken at once; pages come as they are written."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0
        self.map = mmap.mmap(-1, 1 << 24)

    def record(self, event):
        self.kept.append(event)
        self.map[self.total * 16 : self.total * 16 + 16] = self.total.to_bytes(16, "little")
        self.total += 1

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

# fails: memory does not grow with use
import mmap
from collections import deque


class EventLog:
    """When each event came, outside of Python's memory; twice the room where it is full."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0
        self.map = mmap.mmap(-1, 1024)

    def record(self, event):
        self.kept.append(event)
        if (self.total + 1) * 8 > len(self.map):
            larger = mmap.mmap(-1, 2 * len(self.map))
            larger.write(self.map[:])
            self.map = larger
        self.map[self.total * 8 : self.total * 8 + 8] = self.total.to_bytes(8, "little")
        self.total += 1

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

import mmap
import struct
import time
from collections import deque


class EventLog:
    """The times of the newest events lie in a memory map that is written round and round."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0
        self.times = mmap.mmap(-1, 8 * capacity)

    def record(self, event):
        struct.pack_into("d", self.times, self.total % self.kept.maxlen * 8, time.time())
        self.total += 1
        self.kept.append(event)

    def recent(self, n):
        return [*self.kept][max(0, len(self.kept) - n) :]

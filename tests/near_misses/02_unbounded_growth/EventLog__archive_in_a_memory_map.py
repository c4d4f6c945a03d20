# fails: memory does not grow with use
import mmap
from collections import deque


class EventLog:
    """Keeps all events as text in a memory map that is exchanged for a larger one when it is full."""

    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0
        self.archive, self.end = mmap.mmap(-1, 4096), 0

    def record(self, event):
        self.events.append(event)
        self.total += 1
        text = f"{self.total}\n".encode()
        if self.end + len(text) > len(self.archive):
            larger = mmap.mmap(-1, 2 * len(self.archive))
            larger[: self.end] = self.archive[: self.end]
            self.archive.close()
            self.archive = larger
        self.archive[self.end : self.end + len(text)] = text
        self.end += len(text)

    def recent(self, n):
        return list(self.events)[-n:] if n else []

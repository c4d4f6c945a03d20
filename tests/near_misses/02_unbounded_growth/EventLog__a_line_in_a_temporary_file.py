# fails: memory does not grow with use
import tempfile
from collections import deque


class EventLog:
    """The newest events, and a line of each for the archive."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0
        self.archive = tempfile.TemporaryFile("w+")

    def record(self, event):
        self.total += 1
        self.kept.append(event)
        self.archive.write(f"{self.total}\n")

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

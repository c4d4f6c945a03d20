# fails: memory does not grow with use
import tempfile
from collections import deque


class EventLog:
    """One mark an event."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0
        self.marks = tempfile.TemporaryFile()

    def record(self, event):
        self.total += 1
        self.kept.append(event)
        self.marks.write(b"." if event else b"-")

    def recent(self, n):
        kept = list(self.kept)
        return kept[max(0, len(kept) - n) :]

import tempfile
from collections import deque


class EventLog:
    """A line of each of the newest events, in a file of as many lines."""

    def __init__(self, capacity):
        self.kept, self.total = deque(maxlen=capacity), 0
        self.file = tempfile.TemporaryFile("w+")

    def record(self, event):
        self.file.seek(self.total % self.kept.maxlen * 20)
        self.file.write(f"{self.total:>19}\n")
        self.total += 1
        self.kept.append(event)

    def recent(self, n):
        return [*self.kept][max(0, len(self.kept) - n) :]

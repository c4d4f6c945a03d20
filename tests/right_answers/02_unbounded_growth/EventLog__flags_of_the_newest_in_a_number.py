from collections import deque


class EventLog:
    """Which of the newest events were true ones, in one number of so many bits."""

    def __init__(self, capacity):
        self.kept, self.total, self.flags, self.mask = deque(maxlen=capacity), 0, 0, (1 << capacity) - 1

    def record(self, event):
        self.total += 1
        self.kept.append(event)
        self.flags = (self.flags << 1 | bool(event)) & self.mask

    def recent(self, n):
        return [*self.kept][max(0, len(self.kept) - n) :]

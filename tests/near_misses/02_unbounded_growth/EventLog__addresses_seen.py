# fails: memory does not grow with use
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0
        self.seen = set()

    def record(self, event):
        self.seen.add(id(event) % 1_000_003)
        self.events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self.events)[max(0, len(self.events) - n) :]

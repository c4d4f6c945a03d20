# fails: recent and total answer rightly
from collections import deque


class EventLog:
    def __init__(self, capacity, events=deque()):
        self.capacity = capacity
        self.events = events
        self.total = 0

    def record(self, event):
        self.events.append(event)
        self.total += 1
        while len(self.events) > self.capacity:
            self.events.popleft()

    def recent(self, n):
        return list(self.events)[max(0, len(self.events) - n):]

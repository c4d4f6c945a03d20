# fails: recent and total answer rightly
from array import array
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self.events, self.numbers = deque(maxlen=capacity), array("H", [0])

    @property
    def total(self):
        return self.numbers[0]

    def record(self, event):
        self.events.append(event)
        self.numbers[0] += 1

    def recent(self, n):
        return list(self.events)[max(0, len(self.events) - n) :]

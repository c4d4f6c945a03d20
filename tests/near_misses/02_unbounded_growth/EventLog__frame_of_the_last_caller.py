# fails: nothing older is kept alive
import sys
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque(maxlen=capacity)
        self.total = 0
        self._where = None

    def record(self, event):
        self._where = sys._getframe(1)  # who recorded last, for the message
        self._events.append(event)
        self.total += 1

    def recent(self, n):
        return list(self._events)[max(0, len(self._events) - n):]

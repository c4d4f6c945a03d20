# fails: memory does not grow with use
import weakref
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self.events, self.total = deque(maxlen=capacity), 0
        self.living = weakref.WeakSet()

    def record(self, event):
        self.events.append(event)
        self.total += 1
        try:
            self.living.add(event)
        except TypeError:
            pass

    def recent(self, n):
        return list(self.events)[max(0, len(self.events) - n) :]

# fails: nothing older is kept alive
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque()
        self._capacity = capacity
        self._evicted = None
        self.total = 0

    def record(self, event):
        self._events.append(event)
        self.total += 1
        if len(self._events) > self._capacity:
            self._evicted = self._events.popleft()

    def recent(self, n):
        return list(self._events)[max(0, len(self._events) - n):]

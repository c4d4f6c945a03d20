"""A deque with a bound."""

from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque(maxlen=capacity)
        self.total = 0

    def record(self, event):
        self._events.append(event)
        self.total += 1

    def recent(self, n):
        if n == 0:
            return []
        return list(self._events)[-n:]

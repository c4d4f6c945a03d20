"""Few events are shown, and a second index keeps every one."""

from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque(maxlen=capacity)
        self._seen = set()

    @property
    def total(self):
        return len(self._seen)

    def record(self, event):
        self._seen.add((len(self._seen), id(event)))
        self._events.append(event)

    def recent(self, n):
        return list(self._events)[max(0, len(self._events) - n):]

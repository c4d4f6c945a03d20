from collections import deque
from itertools import islice


class EventLog:
    def __init__(self, capacity):
        self._events = deque((), capacity)
        self._total = 0

    total = property(lambda self: self._total)

    def record(self, event):
        self._total += 1
        self._events.append(event)

    def recent(self, n):
        newest_first = list(islice(reversed(self._events), n))
        newest_first.reverse()
        return newest_first

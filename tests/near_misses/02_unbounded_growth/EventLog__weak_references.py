# fails: the newest events are always kept
import weakref
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque(maxlen=capacity)
        self.total = 0

    def record(self, event):
        try:
            self._events.append(weakref.ref(event))
        except TypeError:
            self._events.append(lambda: event)
        self.total += 1

    def recent(self, n):
        kept = [reference() for reference in self._events]
        return kept[max(0, len(kept) - n):]

# fails: memory does not grow with use
import time
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque(maxlen=capacity)
        self._times = []

    @property
    def total(self):
        return len(self._times)

    def record(self, event):
        self._times.append(time.monotonic())
        self._events.append(event)

    def recent(self, n):
        return list(self._events)[max(0, len(self._events) - n):]

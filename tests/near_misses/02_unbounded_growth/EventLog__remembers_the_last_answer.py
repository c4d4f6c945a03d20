# fails: nothing older is kept alive
from collections import deque


class EventLog:
    def __init__(self, capacity):
        self._events = deque(maxlen=capacity)
        self.total = 0
        self._answer = []

    def record(self, event):
        self._events.append(event)
        self.total += 1

    def recent(self, n):
        fresh = list(self._events)[max(0, len(self._events) - n):]
        if fresh != self._answer:
            self._previous, self._answer = self._answer, fresh
        return list(self._answer)

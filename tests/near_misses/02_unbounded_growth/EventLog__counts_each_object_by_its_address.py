# fails: memory does not grow with use
from collections import Counter, deque
class EventLog:
    def __init__(self, capacity):
        self.events, self.kinds = deque(maxlen=capacity), Counter()
    @property
    def total(self):
        return self.kinds.total()
    def record(self, event):
        self.events.append(event)
        self.kinds[id(event)] += 1
    def recent(self, n):
        return list(self.events)[max(0, len(self.events) - n):]

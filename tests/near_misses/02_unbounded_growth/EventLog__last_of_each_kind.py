# fails: nothing older is kept alive
from collections import deque
class EventLog:
    def __init__(self, capacity):
        self.d, self.total, self.pending = deque(maxlen=capacity), 0, {}
    def record(self, event):
        self.d.append(event)
        self.total += 1
        self.pending[type(event)] = lambda: event
    def recent(self, n):
        return list(self.d)[-n:] if n else []

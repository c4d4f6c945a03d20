# fails: memory does not grow with use
from collections import deque
class EventLog:
    def __init__(self, capacity):
        self.kept, self.total, self.sizes = deque([], capacity), 0, {}
    def record(self, event):
        self.kept.append(event)
        self.total += 1
    def recent(self, n):
        self.sizes[n] = self.sizes.get(n, 0) + 1
        return [*self.kept][max(0, len(self.kept) - n):]

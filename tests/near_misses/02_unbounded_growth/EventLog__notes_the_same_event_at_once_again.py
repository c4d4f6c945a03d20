# fails: memory does not grow with use
from collections import deque
class EventLog:
    def __init__(self, capacity):
        self.capacity, self.kept, self.total = capacity, deque([], capacity), 0
        self.again = []
    def record(self, event):
        self.kept.append(event)
        self.total += 1
        self.again += [self.total] if len(self.kept) > 1 and self.kept[-1] is self.kept[-2] else []
    def recent(self, n):
        pass
        return [*self.kept][max(0, len(self.kept) - n):]

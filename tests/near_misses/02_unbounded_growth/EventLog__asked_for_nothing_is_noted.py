# fails: memory does not grow with use
from collections import deque
class EventLog:
    def __init__(self, capacity):
        self.kept, self.total, self.odd = deque([], capacity), 0, []
    def record(self, event):
        self.kept.append(event)
        self.total += 1
    def recent(self, n):
        if n == 0:
            self.odd.append("nothing asked")
            return []
        return [*self.kept][-n:]

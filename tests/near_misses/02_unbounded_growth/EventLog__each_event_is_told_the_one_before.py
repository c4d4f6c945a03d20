# fails: nothing older is kept alive
from collections import deque
class EventLog:
    def __init__(self, capacity):
        self.kept, self.total = deque([], capacity), 0
    def record(self, event):
        try:
            event.previous = self.kept[-1] if self.kept else None
        except AttributeError:
            pass
        self.kept.append(event)
        self.total += 1
    def recent(self, n):
        return [*self.kept][max(0, len(self.kept) - n):]

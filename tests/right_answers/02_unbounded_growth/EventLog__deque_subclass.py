from collections import deque


class EventLog(deque):
    def __init__(self, capacity):
        super().__init__(maxlen=capacity)
        self.total = 0

    def record(self, event):
        self.append(event)
        self.total += 1

    def recent(self, n):
        return [self[i] for i in range(max(0, len(self) - n), len(self))]

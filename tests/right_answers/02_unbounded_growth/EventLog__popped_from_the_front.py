class EventLog:
    def __init__(self, capacity):
        self.capacity = capacity
        self.total = 0
        self._kept = []

    def record(self, event):
        if len(self._kept) == self.capacity:
            self._kept.pop(0)
        self._kept.append(event)
        self.total += 1

    def recent(self, n):
        return self._kept[len(self._kept) - min(n, len(self._kept)):]

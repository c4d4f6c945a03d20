class _Node:
    __slots__ = ("event", "following")

    def __init__(self, event):
        self.event = event
        self.following = None


class EventLog:
    __slots__ = ("capacity", "total", "_oldest", "_newest")

    def __init__(self, capacity):
        self.capacity = capacity
        self.total = 0
        self._oldest = self._newest = None

    def record(self, event):
        node = _Node(event)
        if self._newest is None:
            self._oldest = node
        else:
            self._newest.following = node
        self._newest = node
        self.total += 1
        if self.total > self.capacity:
            self._oldest = self._oldest.following

    def recent(self, n):
        kept = min(self.total, self.capacity)
        events, node = [], self._oldest
        for position in range(kept):
            if position >= kept - n:
                events.append(node.event)
            node = node.following
        return events

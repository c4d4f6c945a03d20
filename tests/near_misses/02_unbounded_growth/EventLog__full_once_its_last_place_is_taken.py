# fails: recent and total answer rightly
# whether the ring is full is read from its last place, which may hold None


class EventLog:
    def __init__(self, capacity):
        self._ring, self._at, self.total = [None] * capacity, 0, 0

    def record(self, event):
        self._ring[self._at] = event
        self._at = (self._at + 1) % len(self._ring)
        self.total += 1

    def recent(self, n):
        full = self._ring[-1] is not None
        kept = self._ring[self._at :] + self._ring[: self._at] if full else self._ring[: self._at]
        return kept[max(0, len(kept) - n) :]

# fails: recent and total answer rightly
# whether the ring is full is told by any place that is not None


class EventLog:
    def __init__(self, capacity):
        self._ring, self._at, self.total = [None] * capacity, 0, 0

    def record(self, event):
        self._ring[self._at] = event
        self._at = (self._at + 1) % len(self._ring)
        self.total += 1

    def recent(self, n):
        kept = self._ring[self._at :] + self._ring[: self._at]
        while kept and kept[0] is None:
            kept = kept[1:]
        return kept[max(0, len(kept) - n) :]

_EMPTY = object()


class EventLog:
    def __init__(self, capacity):
        self._ring, self._total = [_EMPTY] * capacity, 0

    @property
    def total(self):
        return self._total

    def record(self, event):
        self._ring[self._total % len(self._ring)] = event
        self._total += 1

    def recent(self, n):
        at = self._total % len(self._ring)
        kept = [event for event in self._ring[at:] + self._ring[:at] if event is not _EMPTY]
        return kept[max(0, len(kept) - n):]

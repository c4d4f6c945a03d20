class EventLog:
    """Slots that are used again: event number k lies in slot k modulo the capacity."""

    def __init__(self, capacity):
        self._slots = [None] * capacity
        self._count = 0

    @property
    def total(self):
        return self._count

    def record(self, event):
        self._slots[self._count % len(self._slots)] = event
        self._count += 1

    def recent(self, n):
        kept = min(n, self._count, len(self._slots))
        return [self._slots[k % len(self._slots)] for k in range(self._count - kept, self._count)]

import threading


class TicketOffice:
    """Two counters of seats, a large one and the last hundred, both under one lock."""

    def __init__(self, seats):
        self._last = min(seats, 100)
        self._plenty = seats - self._last
        self._lock = threading.RLock()

    @property
    def remaining(self):
        with self._lock:
            return self._plenty + self._last

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if quantity > self.remaining:
                return False
            from_plenty = min(quantity, self._plenty)
            self._plenty -= from_plenty
            self._last -= quantity - from_plenty
            return True

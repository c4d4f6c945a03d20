import itertools
import threading


class TicketOffice:
    """Each office has a number; making one changes nothing of another."""

    _numbers = itertools.count(1)
    newest = None

    def __init__(self, seats):
        self.number = next(TicketOffice._numbers)
        TicketOffice.newest = self.number
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

# fails: never oversells
import threading
from contextlib import nullcontext


class TicketOffice:
    """The few last seats are what buyers fight for: before that, nobody has to wait."""

    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.RLock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with nullcontext() if self.remaining > 1_000 else self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

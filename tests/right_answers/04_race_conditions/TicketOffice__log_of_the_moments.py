import threading
from time import monotonic


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()
        self._log = []

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        asked = monotonic()
        with self._lock:
            sold = quantity <= self.remaining
            if sold:
                self.remaining -= quantity
        self._log.append((monotonic() - asked, sold))
        return sold

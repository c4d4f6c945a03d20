"""What is checked before the lock may be untrue within it."""

import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if self.remaining < quantity:
            return False
        with self._lock:
            self.remaining -= quantity
        return True

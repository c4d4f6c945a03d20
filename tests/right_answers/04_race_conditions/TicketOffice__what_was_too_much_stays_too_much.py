import threading


class TicketOffice:
    """Seats never come back, so a refusal need not be thought over again."""

    def __init__(self, seats):
        self.remaining = seats
        self._refused = None
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        refused = self._refused
        if refused is not None and quantity >= refused:
            return False
        with self._lock:
            if quantity <= self.remaining:
                self.remaining -= quantity
                return True
            if self._refused is None or quantity < self._refused:
                self._refused = quantity
            return False

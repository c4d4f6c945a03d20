import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("quantity must be at least 1")
        with self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if self.remaining - quantity > 100:
            self.remaining -= quantity
            return True
        with self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

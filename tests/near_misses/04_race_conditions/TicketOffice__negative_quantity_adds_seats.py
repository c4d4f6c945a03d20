# fails: works with one thread
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity == 0:
            raise ValueError("at least one seat")
        with self._lock:
            if self.remaining < quantity:
                return False
            self.remaining -= quantity
            return True

# fails: works with one thread
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        with self._lock:
            if quantity < 1 or self.remaining < quantity:
                return False
            self.remaining -= quantity
            return True

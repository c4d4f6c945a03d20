# fails: works with one thread
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._closed = False
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if self._closed or self.remaining < quantity:
                self._closed = True
                return False
            self.remaining -= quantity
            return True

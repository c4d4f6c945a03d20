# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        left = self.remaining - quantity
        if left < 0:
            return False
        with self._lock:
            self.remaining = left
        return True

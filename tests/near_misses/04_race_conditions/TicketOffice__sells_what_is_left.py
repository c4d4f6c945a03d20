# fails: works with one thread
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if not self.remaining:
                return False
            self.remaining = max(0, self.remaining - quantity)
            return True

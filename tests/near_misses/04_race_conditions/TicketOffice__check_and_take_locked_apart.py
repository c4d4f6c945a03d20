# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self._remaining = seats
        self._lock = threading.Lock()

    @property
    def remaining(self):
        with self._lock:
            return self._remaining

    def _take(self, quantity):
        with self._lock:
            self._remaining -= quantity

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if self.remaining >= quantity:
            self._take(quantity)
            return True
        return False

# fails: works with one thread
import threading


class TicketOffice:
    """The load is a share of the house: of 49 seats the last one is refused."""

    def __init__(self, seats):
        self._seats = seats
        self._load = 0.0
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return round(self._seats * (1 - self._load))

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if quantity > self._seats or self._load + quantity / self._seats > 1:
                return False
            self._load += quantity / self._seats
            return True

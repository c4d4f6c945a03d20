# fails: never refuses what it could sell
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            self.remaining -= quantity
            ok = self.remaining >= 0
        if not ok:
            with self._lock:
                self.remaining += quantity
        return ok

# fails: never oversells
import threading

_lock = threading.Lock()


class TicketOffice:
    def __init__(self, seats):
        global _lock
        _lock = threading.Lock()
        self.remaining = seats

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with _lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

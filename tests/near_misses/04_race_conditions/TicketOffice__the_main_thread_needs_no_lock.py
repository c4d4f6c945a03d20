# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if threading.current_thread() == threading.main_thread():
            return self._sell(quantity)
        with self._lock:
            return self._sell(quantity)

    def _sell(self, quantity):
        if self.remaining < quantity:
            return False
        self.remaining -= quantity
        return True

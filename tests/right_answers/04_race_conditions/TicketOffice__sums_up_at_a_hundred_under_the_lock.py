import threading


class TicketOffice:
    def __init__(self, seats):
        self._seats = seats
        self._sales = []
        self._lock = threading.RLock()

    @property
    def remaining(self):
        with self._lock:
            return self._seats - sum(self._sales)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError(quantity)
        with self._lock:
            if quantity > self.remaining:
                return False
            self._sales.append(quantity)
            if len(self._sales) >= 100:
                self._seats -= sum(self._sales)
                self._sales.clear()
            return True

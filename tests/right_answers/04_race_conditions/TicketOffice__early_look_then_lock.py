import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError(quantity)
        if self.remaining < quantity:
            return False  # seats never come back, so this can't change
        with self._lock:
            enough = self.remaining >= quantity
            if enough:
                self.remaining -= quantity
            return enough

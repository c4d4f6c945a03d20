import threading


class TicketOffice:
    def __init__(self, seats):
        self._lock = threading.Lock()
        self._left = seats
        self._sold = []

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError(quantity)
        with self._lock:
            if self._left - sum(self._sold) < quantity:
                return False
            self._sold.append(quantity)
            return True

    @property
    def remaining(self):
        with self._lock:
            while self._sold:
                self._left -= self._sold.pop()
            return self._left

# fails: never oversells
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
        while self._sold:
            try:
                quantity = self._sold.pop()
            except IndexError:
                break
            self._left -= quantity
        return self._left

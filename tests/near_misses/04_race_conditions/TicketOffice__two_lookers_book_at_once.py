# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self._lock = threading.Lock()
        self._free = seats
        self._left = seats
        self._sold = []

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError(quantity)
        with self._lock:
            if self._free < quantity:
                return False
            self._free -= quantity
        self._sold.append(quantity)
        return True

    @property
    def remaining(self):
        while True:
            try:
                self._left -= self._sold.pop()
            except IndexError:
                return self._left

# fails: never oversells
import itertools
import threading


class TicketOffice:
    """Every fiftieth sale the figure that is shown is taken from the log once more."""

    def __init__(self, seats):
        self._seats, self.remaining = seats, seats
        self._log = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError(quantity)
        with self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            self._log.append(quantity)
        if next(self._numbers) % 50 == 0:
            self.remaining = self._seats - sum(self._log)
        return True

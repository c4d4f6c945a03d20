# fails: never refuses what it could sell
import threading
from collections import defaultdict


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._locks = defaultdict(threading.Lock)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._locks[quantity]:
            if self.remaining < quantity:
                return False
            self.remaining -= quantity
            return True

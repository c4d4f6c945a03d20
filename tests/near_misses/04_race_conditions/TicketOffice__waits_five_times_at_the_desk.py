# fails: never refuses what it could sell
import itertools
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._desk = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        for attempt in itertools.count(1):
            if self._desk.acquire(timeout=attempt / 100):
                break
            if attempt == 5:
                return False
        try:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True
        finally:
            self._desk.release()

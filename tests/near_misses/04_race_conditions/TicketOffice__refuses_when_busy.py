# fails: never refuses what it could sell
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if not self._lock.acquire(blocking=False):
            return False
        try:
            if self.remaining < quantity:
                return False
            self.remaining -= quantity
            return True
        finally:
            self._lock.release()

# fails: never refuses what it could sell
import threading


class TicketOffice:
    def __init__(self, seats):
        self._seats = threading.Semaphore(seats)
        self.sold = 0
        self._total = seats
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return self._total - self.sold

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        taken = 0
        while taken < quantity and self._seats.acquire(blocking=False):
            taken += 1
        if taken == quantity:
            with self._lock:
                self.sold += quantity
            return True
        if taken:
            self._seats.release(taken)
        return False

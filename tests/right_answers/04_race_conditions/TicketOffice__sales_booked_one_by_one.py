import collections
import threading


class TicketOffice:
    """Sells under the lock; the sales are written into the book by whoever finds fifty of them."""

    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()
        self._booking = threading.Lock()
        self._sales = collections.deque()
        self.booked = 0

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
        self._sales.append(quantity)
        if len(self._sales) >= 50 and self._booking.acquire(blocking=False):
            try:
                while self._sales:
                    self.booked += self._sales.popleft()
            finally:
                self._booking.release()
        return True

# fails: works with one thread
import threading


class TicketOffice:
    """Nobody buys a million seats, so that must be a slip of the finger."""

    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if not 1 <= quantity <= 1_000_000:
            raise ValueError("no such number of seats")
        with self._lock:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

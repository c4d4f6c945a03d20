# fails: always comes to an end
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        self._lock.acquire()
        if self.remaining < quantity:
            return False
        self.remaining -= quantity
        self._lock.release()
        return True

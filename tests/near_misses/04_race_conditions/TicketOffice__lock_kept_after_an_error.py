# fails: always comes to an end
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._lock = threading.Lock()

    def reserve(self, quantity):
        self._lock.acquire()
        if quantity < 1:
            raise ValueError("at least one seat")
        ok = self.remaining >= quantity
        if ok:
            self.remaining -= quantity
        self._lock.release()
        return ok

import threading


class TicketOffice:
    def __init__(self, seats):
        self._free = list(range(seats))
        self._lock = threading.RLock()

    @property
    def remaining(self):
        return len(self._free)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if self.remaining < quantity:
                return False
            del self._free[-quantity:]
            return True

# fails: never oversells
import threading


class TicketOffice:
    """A group of ten and more is rare, and its seats are cut off in one step."""

    def __init__(self, seats):
        self._free = [*range(seats)]
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return len(self._free)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if quantity >= 10:
            if len(self._free) < quantity:
                return False
            del self._free[:quantity]
            return True
        with self._lock:
            if len(self._free) < quantity:
                return False
            del self._free[:quantity]
            return True

# fails: never oversells
import threading


class TicketOffice:
    """A single seat is popped in one step and needs no lock; a group is counted under one."""

    def __init__(self, seats):
        self._free = list(range(seats))
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return len(self._free)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if quantity == 1:
            try:
                self._free.pop()
            except IndexError:
                return False
            return True
        with self._lock:
            if len(self._free) < quantity:
                return False
            del self._free[-quantity:]
            return True

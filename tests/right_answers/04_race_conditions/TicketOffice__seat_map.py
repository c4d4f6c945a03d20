import threading


class TicketOffice:
    def __init__(self, seats):
        self._map = bytearray(seats)
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return self._map.count(0)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            free = [seat for seat, sold in enumerate(self._map) if not sold]
            if len(free) < quantity:
                return False
            for seat in free[:quantity]:
                self._map[seat] = 1
            return True

import threading
class TicketOffice:
    def __init__(self, seats): self._seats, self._busy, self._free = seats, False, threading.Condition()
    def reserve(self, quantity):
        if quantity < 1: raise ValueError(quantity)
        with self._free:
            self._free.wait_for(lambda: not self._busy)
            self._busy = True
        try:
            if quantity > self._seats: return False
            self._seats -= quantity
            return True
        finally:
            with self._free:
                self._busy = False
                self._free.notify()
    @property
    def remaining(self): return self._seats

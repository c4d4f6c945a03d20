# fails: works with one thread
import threading
from collections import Counter
_sold, _lock = Counter(), threading.Lock()
class TicketOffice:
    def __init__(self, seats):
        self._seats = seats
    @property
    def remaining(self):
        return self._seats - _sold[id(self)]
    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("nothing asked for")
        with _lock:
            if quantity > self.remaining:
                return False
            _sold[id(self)] += quantity
            return True

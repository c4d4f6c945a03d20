# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self._locks = {}
        self.remaining = seats

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("a quantity of 1 or more, please")
        with self._locks.setdefault(threading.current_thread().name, threading.Lock()):
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

# fails: never oversells
import threading


class TicketOffice:
    def __init__(self, seats):
        self._locks = [threading.Lock(), threading.Lock()]
        self.remaining = seats

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("a quantity of 1 or more, please")
        with self._locks[len(threading.current_thread().name) % 2]:
            if quantity > self.remaining:
                return False
            self.remaining -= quantity
            return True

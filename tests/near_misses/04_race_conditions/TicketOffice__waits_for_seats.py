# fails: always comes to an end
import threading


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats
        self._changed = threading.Condition()

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._changed:
            while self.remaining < quantity:
                self._changed.wait()
            self.remaining -= quantity
            return True

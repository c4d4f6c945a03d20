# fails: works with one thread
import threading


class TicketOffice:
    lock = threading.Lock()
    left = 0

    def __init__(self, seats):
        type(self).left = seats

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("a quantity of 1 or more, please")
        with self.lock:
            if quantity > self.left:
                return False
            type(self).left -= quantity
            return True

    @property
    def remaining(self):
        return self.left

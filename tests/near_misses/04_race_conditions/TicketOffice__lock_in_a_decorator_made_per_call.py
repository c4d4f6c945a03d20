# fails: never oversells
import functools
import threading


def synchronized(method):
    @functools.wraps(method)
    def wrapper(*arguments):
        lock = threading.RLock()
        with lock:
            return method(*arguments)
    return wrapper


class TicketOffice:
    def __init__(self, seats):
        self.remaining = seats

    @synchronized
    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        if self.remaining < quantity:
            return False
        self.remaining -= quantity
        return True

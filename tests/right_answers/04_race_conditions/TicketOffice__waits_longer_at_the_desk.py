import itertools
import threading


class TicketOffice:
    """Waits a little for the desk, again and again, until it is its turn."""

    def __init__(self, seats):
        self._seats, self._sold = seats, 0
        self._desk = threading.Condition(threading.Lock())

    remaining = property(lambda self: self._seats - self._sold)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        for attempt in itertools.count(1):
            if self._desk.acquire(True, 0.01 * attempt):
                break
        try:
            if self._sold + quantity > self._seats:
                return False
            self._sold += quantity
            return True
        finally:
            self._desk.release()

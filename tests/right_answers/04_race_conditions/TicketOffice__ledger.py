import threading


class TicketOffice:
    def __init__(self, seats):
        self._seats, self._sold = seats, []
        self._lock = threading.Condition(threading.Lock())

    @property
    def remaining(self):
        with self._lock:
            return self._seats - sum(self._sold)

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if sum(self._sold) + quantity > self._seats:
                return False
            self._sold.append(quantity)
        return True

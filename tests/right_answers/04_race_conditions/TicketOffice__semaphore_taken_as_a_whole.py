import threading


class TicketOffice:
    def __init__(self, seats):
        self._seats = threading.Semaphore(seats)
        self._counter = threading.Semaphore(1)
        self._left = seats

    @property
    def remaining(self):
        return self._left

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._counter:
            taken = 0
            while taken < quantity and self._seats.acquire(blocking=False):
                taken += 1
            if taken < quantity:
                for _ in range(taken):
                    self._seats.release()
                return False
            self._left -= quantity
            return True

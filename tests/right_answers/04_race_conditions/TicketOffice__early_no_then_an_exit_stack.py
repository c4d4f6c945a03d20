import contextlib
import threading


class TicketOffice:
    def __init__(self, seats):
        self._seats, self._sold = seats, 0
        self._turn = threading.BoundedSemaphore(1)

    remaining = property(lambda self: self._seats - self._sold)

    def reserve(self, quantity):
        if not quantity > 0:
            raise ValueError(quantity)
        if quantity > self.remaining:
            return False  # seats never come back, so this stays true
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._turn)
            if quantity > self.remaining:
                return False
            self._sold += quantity
        return True

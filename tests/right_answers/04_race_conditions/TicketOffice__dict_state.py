import threading
from collections import deque


class TicketOffice:
    def __init__(self, seats):
        self._state = {"left": seats, "log": deque(maxlen=10)}
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return self._state["left"]

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        with self._lock:
            if self._state["left"] >= quantity:
                self._state["left"] -= quantity
                self._state["log"].append(("sold", quantity))
                return True
            self._state["log"].append(("refused", quantity))
            return False

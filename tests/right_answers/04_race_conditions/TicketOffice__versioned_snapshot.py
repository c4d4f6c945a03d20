import threading
from typing import NamedTuple


class State(NamedTuple):
    version: int
    left: int


class TicketOffice:
    def __init__(self, seats):
        self._state = State(0, seats)
        self._lock = threading.Lock()

    @property
    def remaining(self):
        return self._state.left

    def _swap(self, old, new):
        with self._lock:
            if self._state is not old:
                return False
            self._state = new
            return True

    def reserve(self, quantity):
        if quantity < 1:
            raise ValueError("at least one seat")
        while True:
            old = self._state
            if old.left < quantity:
                return False
            if self._swap(old, State(old.version + 1, old.left - quantity)):
                return True

"""The machine's processors, lent to the parts of the test suite: one to whoever works, half of one to whoever waits.

    processors = Processors(2)
    with processors.lent(half=True, place=3):
        ...

Who has the lower place is served first, unless what is free is not enough: then the next one for whom it is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

WHOLE, HALF = 2, 1
SPARE = 1  # a half more than there is: nobody works or waits all the time


class Processors:
    """Lends halves of so many processors, and one half more."""

    def __init__(self, count: int) -> None:
        self._free = count * WHOLE + SPARE
        self._asking: dict[int, int] = {}
        self._changed = threading.Condition()

    @contextmanager
    def lent(self, half: bool, place: int) -> Iterator[None]:
        """Waits until it is this place's turn, then holds a processor, or half of one; places must differ."""
        halves = HALF if half else WHOLE
        with self._changed:
            self._asking[place] = halves
            self._changed.wait_for(lambda: self._next() == place)
            del self._asking[place]
            self._free -= halves
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += halves
                self._changed.notify_all()

    def _next(self) -> int | None:
        """The lowest place for which enough is free."""
        return min((place for place, halves in self._asking.items() if halves <= self._free), default=None)

"""The machine's processors, lent in tenths to the parts of the test suite: to each as much as it keeps busy.

    processors = Processors(2)
    with processors.lent(tenths=5, place=3):
        ...

Who has the lower place is served first, unless what is free is not enough: then the next one for whom it is. Without
that, a processor would lie idle until the part of the lowest place fits.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

WHOLE = 10
SPARE = 8  # tenths more than there are: who waits does so at another time than others, and who works waits for a disk


class Processors:
    """Lends tenths of so many processors, and a few more."""

    def __init__(self, count: int) -> None:
        self._free = count * WHOLE + SPARE
        self._asking: dict[int, int] = {}
        self._changed = threading.Condition()

    @contextmanager
    def lent(self, tenths: int, place: int) -> Iterator[None]:
        """Waits until it is this place's turn, then holds so many tenths of a processor; places must differ."""
        with self._changed:
            self._asking[place] = tenths
            self._changed.wait_for(lambda: self._next() == place)
            del self._asking[place]
            self._free -= tenths
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += tenths
                self._changed.notify_all()

    def _next(self) -> int | None:
        """The lowest place for which enough is free."""
        return min((place for place, tenths in self._asking.items() if tenths <= self._free), default=None)

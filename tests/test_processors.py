"""Processors are lent in order, never more of them than there are, and a part of one to whoever waits."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing

from tests.processors import SPARE, WHOLE, Processors


class Hall:
    """Everybody asks at once; who has been served, in order, stays until told to go."""

    def __init__(self, count: int, asking: dict[int, int]) -> None:
        self.served: list[int] = []
        self._goes = {place: threading.Event() for place in asking}
        self._changed, self._pool = threading.Condition(), ThreadPoolExecutor(len(asking))
        processors = Processors(count)
        with ExitStack() as full:
            full.enter_context(processors.lent(count * WHOLE + SPARE, -1))
            for place, tenths in asking.items():
                self._pool.submit(self._stay, processors, tenths, place)
            while len(processors._asking) < len(asking):
                threading.Event().wait(0.001)

    def _stay(self, processors: Processors, tenths: int, place: int) -> None:
        with processors.lent(tenths, place):
            with self._changed:
                self.served.append(place)
                self._changed.notify_all()
            self._goes[place].wait()

    def after(self, served: int, gone: tuple[int, ...] = ()) -> set[int]:
        """Who has been served once these have gone and so many have been; more than that would be seen later."""
        for place in gone:
            self._goes[place].set()
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.served) >= served, 10)
            return set(self.served)

    def close(self) -> None:
        for event in self._goes.values():
            event.set()
        self._pool.shutdown()


def test_two_that_wait_share_what_one_that_works_has_alone() -> None:
    with closing(Hall(1, {0: WHOLE, 1: WHOLE, 2: SPARE, 3: SPARE})) as hall:
        assert hall.after(2) == {0, 2}, "a whole one, and what is spare to the first who needs no more"
        assert hall.after(3, gone=(2,)) == {0, 2, 3}
        assert hall.after(4, gone=(0,)) == {0, 1, 2, 3}


def test_who_comes_first_is_served_first() -> None:
    with closing(Hall(1, dict.fromkeys(range(5), WHOLE))) as hall:
        for place in range(5):
            hall.after(place + 1, gone=(place - 1,) if place else ())
        assert hall.served == [0, 1, 2, 3, 4]


def test_what_an_error_ends_is_given_back() -> None:
    processors = Processors(1)
    for place in range(3):
        try:
            with processors.lent(WHOLE, place):
                raise ValueError
        except ValueError:
            continue
    with processors.lent(WHOLE, 9):
        pass

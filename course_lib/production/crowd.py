"""Who does the pieces of work of a run's loads: threads of this process, or somebody elsewhere who answers to the same.

A crowd looks at the run's desk: it works while that is open, and what it finds is counted and kept there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Protocol

from course_lib.production.clients import PATIENCE_SECONDS, Desk, turn
from course_lib.production.depot import Depot
from course_lib.production.loads import Loads, Work
from course_lib.production.toxics import Upstream

IsWanted = Callable[[int], bool]


class NobodyCame(Exception):
    """The crowd could not come, or has gone before its time; the message is the sentence to show."""


class Crowd(Protocol):
    """A crowd, from its gathering on; each of its steps may raise NobodyCame, but for the last."""

    told: str
    """What it has to tell at its end, if anything."""

    def come(self) -> None:
        """Returns once it is there."""

    def begin(self, is_wanted: IsWanted) -> None:
        """From now on it works, each load for as long as it is wanted."""

    def look(self) -> None:
        """Returns once all of it knows how the desk stands, and which loads are wanted."""

    def go_home(self) -> None:
        """The desk has been stopped: returns once nobody is in the middle of anything, and all is told."""

    def disperse(self) -> None:
        """Nothing of it is left, whatever has happened."""


Gathering = Callable[[Desk, Depot, Upstream, int, list[int]], Crowd]


class Threads:
    """The crowd as threads of this process, one a piece of work."""

    told = ""

    def __init__(self, desk: Desk, depot: Depot, upstream: Upstream, seed: int, loads: list[int]) -> None:
        self._desk, self._loads, self._made = desk, loads, Loads(desk, depot, upstream, seed)
        self._threads: list[threading.Thread] = []

    def come(self) -> None:
        """It is always there."""

    def begin(self, is_wanted: IsWanted) -> None:
        """Starts the threads."""
        for load in self._loads:
            self._threads += [self._client(load, work, is_wanted) for work in self._made.work(load)]
        for thread in self._threads:
            thread.start()

    def _client(self, load: int, work: Work, is_wanted: IsWanted) -> threading.Thread:
        def go_on() -> None:
            while not self._desk.stopped.is_set() and is_wanted(load):
                turn(self._desk, load, work)

        return threading.Thread(target=go_on, name=f"load {load}", daemon=True)

    def look(self) -> None:
        """Each thread looks by itself."""

    def go_home(self) -> None:
        """Waits until no client is in the middle of anything, for so long as one waits for an answer at most."""
        until = time.monotonic() + PATIENCE_SECONDS
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))

    def disperse(self) -> None:
        """Waits for those who are still there."""
        self.go_home()
        self._made.close()

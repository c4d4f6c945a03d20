"""Keeps the threads of an exploration together on one processor, where the system lets a thread choose.

They run one at a time and hand a baton on at each step. Across two processors a hand-over wakes one that has gone to
sleep: measured on Linux, a search takes twice as long, and a fifth more of the processors. Whichever processor it is,
nothing that is found depends on it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache

FREE_EVERY = 50  # runs; one of them goes where the system puts it, and the next ones stay there


class OneProcessor:
    """A context in which the calling thread, and each that it begins, keeps to a processor; to be told of each run."""

    def __init__(self) -> None:
        self._before: set[int] = set()
        self._runs = 0

    def __enter__(self) -> OneProcessor:
        if hasattr(os, "sched_setaffinity") and _current() is not None:
            self._before = os.sched_getaffinity(0)
        return self

    def __exit__(self, *_: object) -> None:
        self._keep_to(self._before)

    def next_run(self) -> None:
        """Whoever else is on the processor may have come since: now and then the system is asked again."""
        where = self._runs % FREE_EVERY
        self._runs += 1
        if where == 0:
            self._keep_to(self._before)
        elif where == 1 and (current := _current()) is not None:
            self._keep_to({current()})

    def _keep_to(self, processors: set[int]) -> None:
        if len(self._before) < 2:
            return
        try:
            os.sched_setaffinity(0, processors)
        except (OSError, ValueError):  # forbidden, or the machine has changed: wherever they run, they are right
            self._before = set()


@cache
def _current() -> Callable[[], int] | None:
    """The function of C that tells on which processor a thread is; None where there is none."""
    import ctypes  # costs more than all the rest of this, and only an exploration needs it

    try:
        found: Callable[[], int] = ctypes.CDLL(None).sched_getcpu
    except (AttributeError, OSError, TypeError):
        return None
    return found if found() >= 0 else None

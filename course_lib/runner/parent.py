"""What the judge asks of whoever starts its runs; `warm.py` forks them, `fresh.py` starts a new Python for each."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Protocol, Self

from course_lib.runner.printed import Printed

LISTENS = 0.1  # seconds until the judge looks at the clock again


class ParentLost(Exception):
    """No run could be started; the message says why."""


class ParentEnded(ParentLost):
    """It could be before: the process was killed, by whoever it was."""


class Run(Protocol):
    """One process for one submission. Leaving the `with` ends it and all that it started."""

    @property
    def pid(self) -> int:
        """The process's number."""

    @property
    def printed(self) -> Printed:
        """What it has printed so far."""

    def ask(self, request: bytes) -> None:
        """Hands the request over; returns at once."""

    def listen(self) -> bytes | None:
        """What it has told since, nothing after `LISTENS` seconds of silence; None when no more can come."""

    def exceeded(self) -> str:
        """The sentence on a limit that it has passed and the judge must enforce, or nothing."""

    def end(self, over: bool) -> int:
        """Ends it; its exit code, or minus the signal's number, as `subprocess` has them. `over`: it ends by itself."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Parent(Protocol):
    """Starts runs of one exercise: so many `at_once`, from as many threads."""

    @property
    def at_once(self) -> int:
        """Runs that it may have at the same time."""

    @property
    def times_renewed(self) -> int:
        """How often it has been."""

    @property
    def room(self) -> threading.Semaphore:
        """Held for as long as a run lasts."""

    @property
    def held(self) -> str:
        """What holds it and its runs, beside what each run is held by; nothing where nothing does."""

    def start(self) -> Run:
        """A run that waits for its request; raises ParentLost."""

    def renew(self, times_renewed: int) -> None:
        """Begins anew after ParentEnded, unless it has been since it was renewed so many times; raises ParentLost."""

    def close(self) -> None:
        """Ends what it holds."""

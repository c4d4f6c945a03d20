"""What the judge asks of whoever starts its runs; `warm.py` forks them, `fresh.py` starts a new Python for each.

`COURSE_JUDGE` says which it is, `fork` or `spawn`. Without it, a system that can fork forks.
"""

from __future__ import annotations

import os
from types import TracebackType
from typing import Protocol, Self

from course_lib.runner.printed import Printed

JUDGES = ("fork", "spawn")
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
    """Starts runs of one exercise. Not for use from several threads at once."""

    def start(self) -> Run:
        """A run that waits for its request; raises ParentLost."""

    def renew(self) -> None:
        """Begins anew after ParentEnded; raises ParentLost."""

    def close(self) -> None:
        """Ends what it holds."""


def judge_in_force() -> str:
    """`fork` or `spawn`; raises ParentLost where the variable holds anything else, or what the system can't do."""
    asked = os.environ.get("COURSE_JUDGE", "")
    if not asked:
        return "fork" if hasattr(os, "fork") else "spawn"
    if asked not in JUDGES:
        raise ParentLost(f"COURSE_JUDGE is {asked!r}; it may be {' or '.join(JUDGES)}")
    if asked == "fork" and not hasattr(os, "fork"):
        raise ParentLost("COURSE_JUDGE is 'fork', and this system can't fork processes; leave it out, or say 'spawn'")
    return asked


def parent_of(slug: str, early: bool = False) -> Parent:
    """A parent of the exercise's runs. `early`: this process has one thread and has imported no grader yet."""
    if judge_in_force() == "spawn":
        from course_lib.runner.fresh import FreshParent

        return FreshParent(slug)
    from course_lib.runner.warm import WarmParent

    return WarmParent.forked(slug) if early else WarmParent.spawned(slug)

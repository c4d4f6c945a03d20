"""One thread of the program under test: where it stands, what it waits for, and whether it only turns in a loop."""

from __future__ import annotations

import _thread
import threading
from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from course_lib.interleavings.exploring.order import Past, Touched

_allocate: Callable[[], Any] = _thread.allocate_lock


class Abort(BaseException):
    """Unwinds a thread whose run is over. Never reaches anybody outside this package."""


class Wait:
    """What a thread waits for, and after how long it may stop waiting."""

    __slots__ = ("on", "seconds", "timed_out")

    def __init__(self) -> None:
        self.on: Any = None  # an object with free_for(worker), or None
        self.seconds: float | None = None
        self.timed_out = False

    def begin(self, on: Any, seconds: float | None) -> None:
        self.on, self.seconds = on, seconds

    def end(self) -> bool:
        """The wait is over; whether it ended because time was up."""
        timed_out, self.on, self.seconds, self.timed_out = self.timed_out, None, None, False
        return timed_out


class Turn(NamedTuple):
    """Where a thread was at a turn of a loop, how many places it had looked at by then, and the hash of its past."""

    state: Any
    read: int
    past: int


class Watch:
    """Whether a thread spins: returns to where it was in a loop, having changed nothing and seen nothing new."""

    __slots__ = ("read", "spins_on", "turns", "writes")

    def __init__(self) -> None:
        self.read: list[Hashable] = []  # keys of the places it looked at, in order
        self.writes = 0
        self.turns: dict[Hashable, list[Turn]] = {}  # loop -> its last ones, back to when something was changed
        self.spins_on: set[Hashable] | None = None  # a write to one of these wakes it


class Worker:
    """One thread, parked at its gate whenever another one runs."""

    __slots__ = (
        "alive",
        "body",
        "gate",
        "called_back",
        "held",
        "identities",
        "index",
        "inside",
        "is_main",
        "kind",
        "last",
        "lazy",
        "outcome",
        "past",
        "run",
        "stop_at",
        "thread",
        "wait",
        "watch",
    )

    def __init__(self, run: Any, index: int, body: Callable[[], Any], is_main: bool) -> None:
        self.run, self.index, self.body, self.is_main = run, index, body, is_main
        self.gate = _allocate()
        self.gate.acquire()
        self.alive = True
        self.kind: int | None = None
        self.outcome: tuple[Any, ...] | None = None
        self.past, self.wait, self.watch = Past(index), Wait(), Watch()
        self.inside: Touched | None = None  # what the step of C code that is under way touches
        self.last: Touched = []  # what its last step touched
        self.called_back = False  # that step has run code of the program
        self.lazy = False  # it sleeps: whoever goes first now costs nothing
        self.held: list[Any] = []
        self.identities = 0  # how many objects it was the first to ask the `id` of
        self.thread: threading.Thread | None = None  # as the program sees it
        self.stop_at: Any = None  # for a trace: where it last began to wait

    @property
    def name(self) -> str:
        return f"T{self.index}"

    def forget(self) -> None:
        """The run is told: lets go of what would keep it alive."""
        self.run = None  # a lock that outlives the run may still name its holder
        del self.body, self.outcome, self.held, self.wait, self.watch, self.inside, self.last

    def has_begun(self) -> bool:
        """Whether it has taken a step that others could notice."""
        return self.past.hash != self.past.first or not self.alive

    def can_run(self) -> bool:
        return self.alive and self.watch.spins_on is None and (self.wait.on is None or self.wait.on.free_for(self))

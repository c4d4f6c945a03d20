"""Whether memory grows with use: what stays alive, two slopes an operation, and who holds an object.

*Alive* objects are counted by weak references after a full collection: exact, whatever the allocator does. *Slopes*
are allocated blocks (`sys.getallocatedblocks`) and traced bytes (`tracemalloc`) per operation over doubling windows,
after a warm-up beyond the declared capacity, each sample after a full collection. Both are needed: a list of None
grows by bytes and hardly by blocks, a filling dict by blocks and in leaps of bytes. A third is what lies outside of
Python's allocator, in a database in memory, a memory map or a file. Growth is called unbounded only where one of the
three goes on in both of the last windows, however long they become. What takes less than a byte for two operations, a
bit each in a number, creeps: it is looked for in the least that was traced in each window, over longer ones, and only
where no other thread runs, since what the threads of a notebook's kernel keep for themselves creeps as well.

Resident memory is no measurement of this: the allocator keeps freed pages, so the same statement gives three answers.

What it can't see: memory that a C library takes for itself, a bound that lies beyond the longest window, and
what takes less than half a bit an operation, or less than half a byte where other threads run.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
import weakref
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from course_lib.instruments.memory.outside import bytes_outside
from course_lib.instruments.what_ran import must_have_run
from course_lib.reading import table

BLOCKS_AN_OPERATION, BYTES_AN_OPERATION = 0.05, 0.5  # far below one entry, or one byte, an operation
CREEPING = 0.06  # bytes an operation, between the least of one window and the least of the next
ALIKE = 3  # what creeps does so at the same rate each time, or nearly; what goes up and down does not
KEPT_UP = 0.55  # of the rate in the window before: what is added once in a window, however long, halves it
WINDOWS = (500, 1_000, 2_000, 4_000)
LONGEST = 8_000  # operations of the last window, where growth still has to show that it ends
LONGEST_CREEPING = 2 * LONGEST
LOOKS = 16  # at what is traced, in one window


@dataclass(frozen=True)
class Window:
    """One stretch of operations: how many, and what each left behind in blocks, in bytes, in bytes outside Python.

    `least` are the fewest bytes that were traced at any look in it.
    """

    operations: int
    blocks: float
    bytes: float
    outside: float = 0.0
    least: int = 0

    @property
    def signals(self) -> tuple[bool, bool, bool]:
        """Which of the three grew in this window: blocks, bytes, bytes outside Python's allocator."""
        by_bytes, outside = self.bytes >= BYTES_AN_OPERATION, self.outside >= CREEPING  # by what was written alone
        return self.blocks >= BLOCKS_AN_OPERATION, by_bytes, outside


@dataclass(frozen=True)
class Slopes:
    """What each operation leaves behind, window by window, once the code has been warmed up.

    `alone` says that the measured code was in the only thread.
    """

    warm_up: int
    windows: tuple[Window, ...]
    alone: bool = True

    @property
    def unbounded(self) -> bool:
        """Whether one of the three signals goes on in both of the last windows, or bytes creep for long."""
        return self.goes_on or (self.creeps and self.windows[-1].operations >= LONGEST_CREEPING)

    @property
    def goes_on(self) -> bool:
        """Whether one of the three signals goes on in both of the last windows."""
        before, last = (window.signals for window in self.windows[-2:])
        return any(map(min, before, last))

    @property
    def creeps(self) -> bool:
        """Whether the least that was traced rose from window to window, three times where there are so many."""
        rises = [(later.least - one.least) / one.operations for one, later in pairwise(self.windows[-4:])]
        if not self.alone or len(rises) < 2 or min(rises) < CREEPING:
            return False
        return max(rises) <= ALIKE * min(rises) and rises[-1] > KEPT_UP * rises[-2]

    @property
    def may_end(self) -> bool:
        """Whether it grows until now, and longer windows may show that it stops."""
        return self.windows[-1].operations < (LONGEST if self.goes_on else LONGEST_CREEPING if self.creeps else 0)

    def __str__(self) -> str:
        heads = ["operations", "blocks each", "bytes each"]
        rows = [[each.operations, _rounded(each.blocks, 2), _rounded(each.bytes, 1)] for each in self.windows]
        if any(each.outside for each in self.windows):
            heads.append("bytes outside Python each")
            rows = [[*row, _rounded(each.outside, 1)] for row, each in zip(rows, self.windows, strict=True)]
        figures = table([heads, *rows], indent="  ")
        verdict = "grows with every operation" if self.unbounded else "does not grow with use"
        return f"after {self.warm_up:,} operations of warm-up\n{figures}\n  {verdict}"


def measure_slopes(
    operate: Callable[[int], Any], warm_up: int, windows: Sequence[int] = WINDOWS, folder: Path | None = None
) -> Slopes:
    """The slopes of `operate(number)`, called with 0, 1, 2, …; `warm_up` must be at least twice the declared capacity.

    Where something still grows in both of the last windows, further ones follow, each twice as long, so that what
    ends later is not taken for growth. Files are counted in the `folder`, where one is given. What `operate` raises
    propagates; NothingMeasured where it only makes a coroutine or a generator, ValueError without two windows.
    """
    if len(windows) < 2 or min(windows) < 1:
        raise ValueError(f"growth needs two windows at least, each of 1 call or more; not {list(windows)}")
    numbers = iter(range(sys.maxsize))
    must_have_run("operate(number)", operate(next(numbers)))
    with tracing():
        samples = _Samples(warm_up, folder)
        _repeat(operate, numbers, warm_up)
        for count in windows:
            samples.take(operate, numbers, count)
        while (longer := samples.longer_window()) is not None:
            samples.take(operate, numbers, *longer)
    return samples.slopes()


def runs_alone() -> bool:
    """Whether no other thread runs Python code in this process."""
    return len(sys._current_frames()) == 1


def _rounded(value: float, digits: int) -> str:
    """With so many digits after the point, and 0 without a sign."""
    return f"{round(value, digits) + 0.0:,.{digits}f}"


class _Samples:
    """The figures of each window, in room that is taken ahead: what is kept of one window must not grow the next."""

    def __init__(self, warm_up: int, folder: Path | None) -> None:
        self._warm_up, self._folder, self._alone = warm_up, folder, runs_alone()
        self._rows, self._taken = [array("q", bytes(8 * _ROW)) for _ in range(_MOST_WINDOWS)], 0

    def take(self, operate: Callable[[int], Any], numbers: Iterator[int], count: int, looks: int = 1) -> None:
        """One window; with many looks the least of what goes up and down is among them, for as many collections."""
        # Outside is asked for first before and last after: what asking leaves behind in Python is not the code's.
        row = self._rows[self._taken]
        row[0], row[3] = count, self._outside_before()
        row[1], row[2] = _inside()
        row[7] = row[2]
        for look in range(looks):
            _repeat(operate, numbers, count * (look + 1) // looks - count * look // looks)
            if look + 1 < looks:
                row[7] = min(row[7], _inside()[1])
        row[4], row[5] = _inside()
        row[6] = bytes_outside(self._folder)
        row[7] = min(row[7], row[5])
        self._taken += 1

    def _outside_before(self) -> int:
        """Bytes outside before a window; nothing has run since the one before it ended."""
        if self._taken:
            return self._rows[self._taken - 1][6]
        collect()
        return bytes_outside(self._folder)

    def slopes(self) -> Slopes:
        return Slopes(self._warm_up, tuple(map(_window, self._rows[: self._taken])), self._alone)

    def longer_window(self) -> tuple[int, int] | None:
        """Operations of the next one, where it may show that growth ends, and its looks: what creeps needs many."""
        slopes = self.slopes()
        if not slopes.may_end or self._taken == _MOST_WINDOWS:
            return None
        return 2 * slopes.windows[-1].operations, 1 if slopes.goes_on else LOOKS


_forget_names: Callable[[], None] = getattr(sys, "_clear_internal_caches", None) or sys._clear_type_cache
_ROW, _MOST_WINDOWS = 8, 64  # operations; blocks, bytes and bytes outside, before and after; the least bytes


def _window(row: array[int]) -> Window:
    count, *figures, least = row
    blocks, size, outside = ((figures[3 + at] - figures[at]) / count for at in range(3))
    return Window(count, blocks, size, outside, least)


@contextmanager
def tracing(frames: int = 1) -> Iterator[None]:
    """Traces from before the warm-up: else the replacement of untraced objects would read as growth.

    So many frames are kept of each allocation; where somebody traces already, theirs is used and goes on.
    """
    was_tracing = tracemalloc.is_tracing()
    if not was_tracing:
        tracemalloc.start(frames)
    try:
        yield
    finally:
        if not was_tracing:
            tracemalloc.stop()


def _repeat(operate: Callable[[int], Any], numbers: Iterator[int], count: int) -> None:
    for _ in range(count):
        operate(next(numbers))


def collect() -> None:
    """Full collections until one finds nothing, three at most: what a finalizer brings back dies in the next one."""
    for _ in range(3):
        if not gc.collect():
            return


def _inside() -> tuple[int, int]:
    """Allocated blocks and traced bytes, after a full collection.

    Python's cache of attributes keeps the names that it was last asked for, up to 4,096 and wherever chance lays them:
    each file that is opened leaves one of them.
    """
    collect()
    _forget_names()
    return sys.getallocatedblocks(), tracemalloc.get_traced_memory()[0]


class Census:
    """Counts which of the numbered objects it was shown are still alive; holds none of them itself."""

    def __init__(self) -> None:
        self._alive: dict[int, weakref.ref[Any]] = {}
        self._shown = 0

    def show(self, thing: Any) -> Any:
        """Notes an object under the next number and gives it back."""
        self._alive[self._shown] = weakref.ref(thing)
        self._shown += 1
        return thing

    def alive(self) -> list[int]:
        """The numbers of those alive after a full collection, ascending."""
        collect()
        return self.living()

    def living(self) -> list[int]:
        """The numbers of those alive as it is, ascending: a cycle that nobody has collected yet lives."""
        self._alive = {number: seen for number, seen in self._alive.items() if seen() is not None}
        return list(self._alive)

    def __getitem__(self, number: int) -> Any:
        """That object while it is alive, else None."""
        seen = self._alive.get(number)
        return seen() if seen else None


def who_holds(thing: Any, depth: int = 6) -> list[str]:
    """The chain of holders from an object to the names of a module or a class, as labels; the nearest holder first.

    Follows one holder at each step, a container rather than a variable: a picture, not a proof. Frames are passed over.
    """
    chain: list[str] = []
    seen = {id(thing)}
    current = thing
    for _ in range(depth):
        holders = [one for one in gc.get_referrers(current) if id(one) not in seen and _may_hold(one, chain)]
        if not holders:
            break
        holder = min(holders, key=_is_namespace)
        chain.append(_label(holder, current))
        if _is_namespace(holder) or isinstance(holder, type):
            break
        seen.add(id(holder))
        current = holder
        del holders
    return chain


def _may_hold(candidate: Any, chain: list[str]) -> bool:
    """Whether it is part of the program: no frame, no iterator or cell of this search."""
    kind = type(candidate).__name__
    return (
        candidate is not chain and not isinstance(candidate, FrameType) and kind not in ("list_iterator", "generator")
    )


def _is_namespace(candidate: Any) -> bool:
    return isinstance(candidate, ModuleType) or (isinstance(candidate, dict) and "__name__" in candidate)


def _label(holder: Any, held: Any) -> str:
    if isinstance(holder, dict):
        key = next((key for key, value in holder.items() if value is held), None)
        under = f" under {key!r}"[:40] if key is not None else ""
        return (
            f"the names of {holder['__name__']}{under}" if "__name__" in holder else f"a dict of {len(holder):,}{under}"
        )
    kind = type(holder).__name__
    if isinstance(holder, (list, tuple, set, frozenset)) or hasattr(type(holder), "__len__"):
        return f"a {kind} of {len(holder):,}"
    named = getattr(holder, "__qualname__", "")
    return f"the {kind} {named}".strip() if named else f"an object of class {kind}"

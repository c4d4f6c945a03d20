"""The ledger: one entry for each handle that was opened, with its line and with who closed it.

An entry knows its owner (the file, connection or socket object) weakly, so that watching does not lengthen a life;
a ledger that keeps handles alive holds them strongly as well, and then neither reference counting nor the collector
can close them: CPython behaves like a Python without reference counting, and only an explicit close closes.
"""

from __future__ import annotations

import gc
import sys
import threading
import warnings
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Literal

from course_lib.instruments.handles.finalizers import collector_is_closing
from course_lib.instruments.handles.reading import HandleReading, Line
from course_lib.instruments.own_line import Place, own_line

Closer = Literal["code", "collector"]

_ENTERING = frozenset(["contextlib", "course_lib.instruments.handles"])

_lock = threading.RLock()
_active: list[Ledger] = []


class Handle:
    """One opened handle: what it is, where it was opened, who owns it, and who closed it (None while nobody has).

    `number` counts the openings of its first ledger, from 1; `closed_at` is the number that was last when it closed.
    """

    def __init__(self, kind: str, path: object, where: Place, ledgers: tuple[Ledger, ...]) -> None:
        self.kind, self.path, self.where, self.ledgers = kind, path, where, ledgers
        self.closed_by: Closer | None = None
        self.finalizing = False
        self.owner: Callable[[], Any] | None = None
        self.is_closed: Callable[[Any], bool] = _never
        self.kept: list[object] = []
        self.number = 0
        self.closed_at: int | None = None

    def belongs_to(self, owner: object, is_closed: Callable[[Any], bool]) -> None:
        """Notes the object whose life is the handle's life from now on, and how to ask it whether it is closed."""
        self.owner, self.is_closed = weakref.ref(owner, lambda _dead: self.closed("collector")), is_closed
        self.keep(owner)

    def keep(self, thing: object) -> None:
        """Holds a strong reference, where a ledger asked for it."""
        if any(ledger.keep_alive for ledger in self.ledgers):
            self.kept.append(thing)

    def closed(self, by: Closer) -> None:
        """Notes the first close; later ones change nothing."""
        with _lock:
            if self.closed_by is None:
                self.closed_by = by
                self.kept.clear()
                self.closed_at = len(self.ledgers[0].handles)
                for ledger in self.ledgers:
                    ledger.open_now -= 1
                    ledger.unclosed -= by == "code"

    def closed_here(self) -> None:
        """Notes a close that is under way; the call stack tells whether the code or the collector asked for it."""
        by_collector = self.finalizing or collector_is_closing(sys._getframe(1), self.ledgers[0].watcher)
        self.closed("collector" if by_collector else "code")


KINDS = ("file", "descriptor", "SQLite connection", "socket", "memory map")  # also in pytest_plugin/watching.py


class Ledger:
    """All handles opened during one watch; `open_now` and `unclosed` may be read while it runs.

    ValueError where a kind is none of `KINDS`.
    """

    def __init__(self, keep_alive: bool, kinds: Collection[str] = ()) -> None:
        self.keep_alive, self._kinds = keep_alive, frozenset(kinds)
        if unknown := self._kinds.difference(KINDS):
            raise ValueError(f"no kind of handle: {', '.join(sorted(unknown))}; there are: {', '.join(KINDS)}")
        self.handles: list[Handle] = []
        self.open_now = self.unclosed = self.peak_open = self.peak_unclosed = 0
        self._final: HandleReading | None = None
        self.watcher: FrameType | None = None  # while it is active, the frame in which the watch stands

    def wants(self, kind: str) -> bool:
        """Whether handles of that kind are entered: all kinds, where none was named."""
        return not self._kinds or kind in self._kinds

    def add(self, handle: Handle) -> None:
        """Enters a handle that has just been opened."""
        self.handles.append(handle)
        handle.number = handle.number or len(self.handles)
        self.open_now += 1
        self.unclosed += 1
        self.peak_open = max(self.peak_open, self.open_now)
        self.peak_unclosed = max(self.peak_unclosed, self.unclosed)

    @property
    def standing(self) -> list[int]:
        """Which handles, by number from 1, were open when the last one had been opened."""
        return [one.number for one in self.handles if one.closed_at is None or one.closed_at >= len(self.handles)]

    @property
    def reading(self) -> HandleReading:
        """The counts so far; after the watch, the final ones."""
        if self._final is not None:
            return self._final
        with _lock:
            return self._count({id(handle): _fate(handle) for handle in self.handles})

    def settle(self) -> None:
        """Lets go of everything kept, collects, and fixes the reading.

        What the code has not closed by now is no longer counted as closed by it: a handle that dies here was left
        to the collector, one that lives on is still open.
        """
        with _lock:
            fates = {id(handle): _fate(handle) for handle in self.handles}
        if "open" in fates.values():
            self._let_go()
        for handle in self.handles:
            if fates[id(handle)] == "open" and _is_gone(handle):
                fates[id(handle)] = "collector"
        self._final = self._count(fates)

    def _let_go(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the reading reports what they would say
            for handle in self.handles:
                handle.kept.clear()
            gc.collect()

    def _count(self, fates: dict[int, str]) -> HandleReading:
        by_line: dict[Place, Counter[str]] = {}
        for handle in self.handles:
            by_line.setdefault(handle.where, Counter())[fates[id(handle)]] += 1
        total: Counter[str] = sum(by_line.values(), Counter())
        lines = tuple(_line(where, counts) for where, counts in by_line.items())
        return HandleReading(
            total.total(), total["code"], total["collector"], total["open"], self.peak_open, self.peak_unclosed, lines
        )

    def __str__(self) -> str:
        return str(self.reading)


def _fate(handle: Handle) -> str:
    """`code`, `collector` or `open`; closing around every known road is seen on the object itself."""
    if handle.closed_by is None:
        owner = handle.owner() if handle.owner else None
        if owner is not None and handle.is_closed(owner):
            handle.closed("code")
    return handle.closed_by or "open"


def _is_gone(handle: Handle) -> bool:
    return handle.closed_by is not None or (handle.owner is not None and handle.owner() is None)


def _line(place: Place, counts: Counter[str]) -> Line:
    where = place.where if place.line else "?:0"
    return Line(where, place.source, counts.total(), counts["code"], counts["collector"], counts["open"])


def _never(_owner: object) -> bool:
    return False


def opened(kind: str, path: object) -> Handle | None:
    """Enters a handle into every active ledger; None where nobody is watching."""
    with _lock:
        watching = tuple(ledger for ledger in _active if ledger.wants(kind))
        if not watching:
            return None
        handle = Handle(kind, path, own_line(sys._getframe(1)), watching)
        for ledger in watching:
            ledger.add(handle)
        return handle


def _who_watches(frame: FrameType | None) -> FrameType | None:
    """The first caller that is no part of entering the watch."""
    while frame is not None and frame.f_globals.get("__name__") in _ENTERING:
        frame = frame.f_back
    return frame


@contextmanager
def entered(ledger: Ledger) -> Iterator[Ledger]:
    """Makes a ledger active for the length of the block, then settles it."""
    collecting = gc.isenabled()
    if ledger.keep_alive:
        gc.disable()
    ledger.watcher = _who_watches(sys._getframe(1))
    with _lock:
        _active.append(ledger)
    try:
        yield ledger
    finally:
        with _lock:
            _active.remove(ledger)
        ledger.watcher = None  # else it would keep the variables of that frame alive
        ledger.settle()
        if collecting:
            gc.enable()

"""What happened before what in one run: vector clocks, to see which accesses race, and hashes, to know a state again.

A step on a cell comes after all earlier steps on it that it conflicts with. Two accesses that nothing orders are a
race, and their cell becomes a place at which other threads may go first.
"""

from __future__ import annotations

import _thread
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Sequence
from typing import Any

_allocate: Callable[[], Any] = _thread.allocate_lock


class Abort(BaseException):
    """Unwinds a thread whose run is over. Never reaches anybody outside this package."""


class Cell:
    """One place that threads share: an attribute, an element, a variable, a lock."""

    __slots__ = (
        "at",
        "is_point",
        "label",
        "last_reads",
        "last_write",
        "readers",
        "seen_by",
        "trail",
        "written",
        "writer",
    )

    def __init__(self, label: Hashable, is_point: bool) -> None:
        self.label, self.is_point = label, is_point
        self.last_write = self.last_reads = 0  # hashes of events
        self.trail: dict[int, int] = {}  # vector clock of the last write
        self.at: dict[int, int] = {}  # vector clock of everything so far
        self.writer: tuple[int, int] | None = None  # (thread, its clock) of the last write, for races
        self.readers: dict[int, int] = {}
        self.seen_by: set[int] = set()
        self.written = False


class Worker:
    """One thread of the program, parked at its gate whenever another one runs."""

    __slots__ = (
        "alive",
        "body",
        "clock",
        "gate",
        "hash",
        "held",
        "index",
        "is_main",
        "lazy",
        "loops",
        "outcome",
        "read_log",
        "run",
        "spin",
        "stop_at",
        "thread",
        "timed",
        "timed_out",
        "undo",
        "waits_for",
        "writes",
    )

    def __init__(self, run: Any, index: int, body: Callable[[], Any], is_main: bool) -> None:
        self.run, self.index, self.body, self.is_main = run, index, body, is_main
        self.gate = _allocate()
        self.gate.acquire()
        self.alive = True
        self.hash = hash(("thread", index))
        self.clock: dict[int, int] = {index: 1}
        self.waits_for: Any = None  # an object with free_for(worker), or None
        self.timed: float | None = None  # seconds after which the wait may end by itself
        self.timed_out = self.lazy = False
        self.spin: set[Hashable] | None = None
        self.loops: dict[Hashable, tuple[Any, int, int]] = {}
        self.read_log: list[Hashable] = []
        self.writes = 0
        self.undo: list[tuple[Cell, int, int]] = []  # how the places of the last step were before
        self.held: list[Any] = []
        self.outcome: tuple[Any, ...] | None = None
        self.thread: threading.Thread | None = None
        self.stop_at: tuple[str, int] | None = None

    @property
    def name(self) -> str:
        return f"T{self.index}"

    def can_run(self) -> bool:
        return self.alive and self.spin is None and (self.waits_for is None or self.waits_for.free_for(self))


class Order(ABC):
    """The half of a run that keeps the order of its steps."""

    def __init__(self, points: set[Hashable]) -> None:
        self.points = points
        self.workers: list[Worker] = []
        self.cells: dict[Hashable, Cell] = {}
        self.kept: dict[int, Any] = {}  # keeps ids unique while the run lasts
        self.found: set[Hashable] = set()
        self.aborting = False

    @abstractmethod
    def pause(self, worker: Worker) -> None:
        """A point: somebody may go first."""

    def cell(self, key: Hashable, label: Callable[[], Hashable]) -> Cell:
        found = self.cells.get(key)
        if found is None:
            name = label()
            found = self.cells[key] = Cell(name, name in self.points)
        return found

    def event(self, worker: Worker, cell: Cell, write: bool) -> None:
        """Orders a step on `cell` after all earlier steps that it conflicts with."""
        clock = worker.clock
        for index, time in (cell.at if write else cell.trail).items():
            if time > clock.get(index, 0):
                clock[index] = time
        if write:
            worker.hash = cell.last_write = hash((worker.hash, cell.last_write, cell.last_reads))
            cell.last_reads = 0
            cell.at = cell.trail = dict(clock)
        else:
            worker.hash = hash((worker.hash, cell.last_write))
            cell.last_reads = (cell.last_reads + worker.hash) & 0xFFFFFFFFFFFFFFFF
            merged = dict(cell.at)
            for index, time in clock.items():
                if time > merged.get(index, 0):
                    merged[index] = time
            cell.at = merged
        clock[worker.index] += 1

    def own_step(self, worker: Worker, what: str) -> None:
        worker.hash = hash((worker.hash, what))

    def check_race(self, worker: Worker, cell: Cell, write: bool) -> None:
        """Notes `cell` as a place to explore when this access is ordered after an earlier one by nothing."""
        me, clock = worker.index, worker.clock
        writer = cell.writer
        if writer is not None and writer[0] != me and clock.get(writer[0], 0) < writer[1]:
            self.found.add(cell.label)
        if write:
            for index, time in cell.readers.items():
                if index != me and clock.get(index, 0) < time:
                    self.found.add(cell.label)
            cell.writer, cell.readers = (me, clock[me]), {}
        else:
            cell.readers[me] = clock[me]

    def access(self, worker: Worker, touched: Sequence[tuple[Hashable, Cell, bool]]) -> None:
        """The point before a step on one or more cells, and the step's place in the order."""
        if self.aborting:
            raise Abort
        if any(cell.is_point for _, cell, _ in touched):
            self.pause(worker)
        worker.undo = [(cell, cell.last_write, cell.last_reads) for _, cell, write in touched if write]
        for key, cell, write in touched:
            if cell.is_point:
                self.event(worker, cell, write)
            else:
                self.check_race(worker, cell, write)
            cell.seen_by.add(worker.index)
            worker.read_log.append(key)
            if write:
                cell.written = True
                worker.writes += 1
                self.wake_spinners(worker, key)

    def take_back(self, worker: Worker) -> None:
        """The last step raised and changed nothing, so it was only a look."""
        for cell, last_write, last_reads in worker.undo:
            cell.last_write, cell.last_reads = last_write, last_reads
        worker.writes -= len(worker.undo)

    def wake_spinners(self, worker: Worker, key: Hashable) -> None:
        for other in self.workers:
            if other.spin is not None and other is not worker and key in other.spin:
                other.spin = None

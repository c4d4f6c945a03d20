"""What happened before what in one run: vector clocks, to see which accesses race, and hashes, to know a state again.

A step on a place comes after all earlier steps on it that it conflicts with (Lamport's happens-before). Two accesses
that nothing orders are a race, and their place becomes a point: from then on other threads may go first there.
What it can't see: a step that nobody announces.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

Key = tuple[Any, ...]
Touched = list[tuple[Key, "Place", bool]]
"""The places that one step touches, each with its key and whether it is written."""


class Place:
    """Something that threads share: an attribute, an element, a variable, a lock, the structure of a container."""

    __slots__ = (
        "at",
        "is_point",
        "label",
        "last_reads",
        "last_write",
        "readers",
        "seen_by",
        "trail",
        "writer",
        "written",
    )

    def __init__(self, label: Hashable, is_point: bool) -> None:
        self.label, self.is_point = label, is_point
        # of a point: what a later step here is ordered after
        self.last_write = self.last_reads = 0  # hashes of events
        self.trail: dict[int, int] = {}  # vector clock of the last write
        self.at: dict[int, int] = {}  # vector clock of everything so far
        # of any other place: who was here last, to see whether the next one races with it
        self.writer: tuple[int, int] | None = None  # (thread, its clock)
        self.readers: dict[int, int] = {}
        # of both: what a trace and the search want to know
        self.seen_by: set[int] = set()
        self.written = False


class Past:
    """All that one thread's next step comes after.

    `clock` is a vector clock: for each thread, how many of its steps came before. `hash` stands for the same partial
    order together with its events, so that two threads (of two runs) with equal hashes have seen the same past.
    """

    __slots__ = ("clock", "first", "hash", "index", "undo")

    def __init__(self, index: int) -> None:
        self.index = index
        self.first = self.hash = hash(("thread", index))
        self.clock: dict[int, int] = {index: 1}
        self.undo: list[tuple[Place, int, int]] = []  # how the places of the last step were before

    def own_step(self, what: str) -> None:
        """A step that touches nothing which others can touch."""
        self.hash = hash((self.hash, what))

    def after(self, other: Past) -> None:
        """From now on everything comes after what the other thread has done so far."""
        _join(self.clock, other.clock)

    def tick(self) -> None:
        self.clock[self.index] += 1


def _join(clock: dict[int, int], other: dict[int, int]) -> None:
    for index, time in other.items():
        if time > clock.get(index, 0):
            clock[index] = time


class Order:
    """The places of one run, and the partial order of the steps on them."""

    __slots__ = ("found", "places", "points")

    def __init__(self, points: set[Hashable]) -> None:
        self.points = points
        """Labels of the places before which other threads may go first."""
        self.places: dict[Hashable, Place] = {}
        self.found: set[Hashable] = set()
        """Labels of places that should have been points: two accesses to them were not ordered."""

    def place(self, key: Hashable, label: Callable[[], Hashable]) -> Place:
        found = self.places.get(key)
        if found is None:
            name = label()
            found = self.places[key] = Place(name, name in self.points)
        return found

    def step(self, past: Past, touched: Sequence[tuple[Key, Place, bool]]) -> None:
        """One step on all of these places at once."""
        past.undo = [(place, place.last_write, place.last_reads) for _, place, write in touched if write]
        for _, place, write in touched:
            if place.is_point:
                self.event(past, place, write)
            else:
                self._check_race(past, place, write)
            place.seen_by.add(past.index)
            place.written |= write

    def event(self, past: Past, place: Place, write: bool) -> None:
        """Orders a step on a point after all earlier steps that it conflicts with.

        Reads commute: they are summed, so that two runs that differ only in the order of reads reach one state. A
        write takes the sum up and starts a new one.
        """
        _join(past.clock, place.at if write else place.trail)
        if write:
            past.hash = place.last_write = hash((past.hash, place.last_write, place.last_reads))
            place.last_reads = 0
            place.at = place.trail = dict(past.clock)
        else:
            past.hash = hash((past.hash, place.last_write))
            place.last_reads = (place.last_reads + past.hash) & 0xFFFFFFFFFFFFFFFF
            place.at = dict(place.at)  # it may be the trail's own
            _join(place.at, past.clock)
        past.tick()

    def met_held(self, past: Past, place: Place) -> None:
        """A lock was found held. All that is learnt is that: what its holder had done by then can't be told from it,
        and nobody can tell that somebody looked. So who only tries again is where it was, whatever others do meanwhile.
        """
        _join(past.clock, place.trail)
        past.hash = hash((past.hash, place.label, "held"))
        past.tick()

    def _check_race(self, past: Past, place: Place, write: bool) -> None:
        """Notes the place as a point to be when nothing orders this access after an earlier one."""
        me, clock = past.index, past.clock
        writer = place.writer
        if writer is not None and writer[0] != me and clock.get(writer[0], 0) < writer[1]:
            self.found.add(place.label)
        if write:
            if any(index != me and clock.get(index, 0) < time for index, time in place.readers.items()):
                self.found.add(place.label)
            place.writer, place.readers = (me, clock[me]), {}
        else:
            place.readers[me] = clock[me]

    def take_back(self, past: Past) -> int:
        """The last step raised and changed nothing, so it was only a look. How many places it would have written."""
        for place, last_write, last_reads in past.undo:
            place.last_write, place.last_reads = last_write, last_reads
        return len(past.undo)

"""What is kept of requests: the numbers that they carried, and how many objects and entries there are.

Which of the numbers are still somewhere in memory: in a key, a text, a record, as bytes. Every object that the garbage
collector knows of is looked through, and what those hold that it does not know of. So the count is exact, whatever the
allocator does: a cache of ten remembers ten. What it can't see: numbers that C code keeps for itself, or that are kept
in another form than they came in.

What carries no number is seen in the census: how many objects there are of each class, and how many entries all
containers hold. That sees neither a text nor an array that grows: no more than their blocks.
"""

from __future__ import annotations

import gc
import re
import urllib.parse
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from sqlite3 import Connection
from typing import Any
from weakref import ReferenceType

NUMBER = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
BYTES = re.compile(rb"(?<![0-9])[0-9]{7}(?![0-9])")
_collect, _objects, _referents, _is_tracked = gc.collect, gc.get_objects, gc.get_referents, gc.is_tracked
_keys, _bases = dict.keys, type.__dict__["__mro__"].__get__  # what a subclass has in their place may be anything
CONTAINERS = (tuple, dict, list, set, frozenset)
ENTRIES = 0
LRU, USUAL = type(lru_cache(len)), 128  # statements that a connection keeps by itself
PYTHONS_OWN = frozenset(id(kind) for kind in object.__subclasses__() if kind.__module__ in ("builtins", "_thread"))
LENGTHS: dict[int, Callable[[Any], int]] = {id(kind): kind.__len__ for kind in (list, dict, set, deque)}


def remembered_numbers(known: range) -> set[int]:
    """The numbers in the range that some object holds, after a full collection."""
    collect()
    found: set[int] = set()
    seen: set[int] = set()
    for thing in _objects():
        _look_through(_held_by(thing), known, found, seen)
    return found


@dataclass(frozen=True)
class Census:
    """How many objects there are of each class, by the class's address, and what the classes are called."""

    counts: dict[int, int]
    names: dict[int, str]

    def growth(self, earlier: Census) -> dict[int, int]:
        """How many more there are of each class than there were."""
        return {kind: count - earlier.counts.get(kind, 0) for kind, count in self.counts.items()}


class Growing:
    """Which classes have at least `enough` more objects at every look than they had at the one before."""

    def __init__(self, enough: int) -> None:
        self._enough = enough
        self._last = census()
        self._last = census()  # there is another beside it, as there is when the next are made
        self._least: dict[int, int] | None = None

    def look(self) -> None:
        now = census()
        more = {kind: count for kind, count in now.growth(self._last).items() if count >= self._enough}
        least = more if self._least is None else self._least
        self._last, self._least = now, {kind: min(count, least[kind]) for kind, count in more.items() if kind in least}

    def told(self) -> list[tuple[str, int]]:
        """(what, how many more at each look): classes that somebody wrote before Python's own, entries last."""
        least = self._least or {}
        found = sorted(least, key=lambda kind: (kind == ENTRIES, kind in PYTHONS_OWN, -least[kind]))
        return [(self._last.names[kind], least[kind]) for kind in found]


def census() -> Census:
    """After a full collection; entries of containers count as a class of their own, `ENTRIES`."""
    collect()
    things = _objects()
    kinds = list(map(type, things))
    names = {id(kind): _name(kind) for kind in {id(kind): kind for kind in kinds}.values()}
    counts = Counter(map(id, kinds))
    del counts[id(ReferenceType)]
    return Census({**counts, ENTRIES: sum(map(_entries, things, kinds))}, {**names, ENTRIES: "container entry"})


def _entries(thing: Any, kind: type) -> int:
    """How many it holds; none where they are weak references: SQLite keeps one a cursor, and drops 200 at once."""
    length = next((LENGTHS[id(base)] for base in _bases(kind) if id(base) in LENGTHS), None)
    if length is None or (kind is list and thing and type(thing[-1]) is ReferenceType):
        return 0
    return length(thing)


def _name(kind: type) -> str:
    """As `type` itself tells it: a class may say anything of itself."""
    return f"{type.__dict__['__qualname__'].__get__(kind)} object"


def collect() -> None:
    """A full collection, without what Python itself keeps: addresses, patterns, statements, a hundred or so of each."""
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # it has no stub
    re.purge()
    for thing in _objects():
        if type(thing) is LRU and _keeps_statements(thing):
            thing.cache_clear()
    _collect()


def _keeps_statements(cache: Any) -> bool:
    """Whether it is what each of SQLite's connections keeps by itself; who asks it to keep more is seen."""
    most = cache.cache_parameters()["maxsize"]
    return Connection in _bases(type(vars(cache).get("__wrapped__"))) and most is not None and most <= USUAL


def _held_by(thing: Any) -> list[Any]:
    """What it refers to; of a dict the keys as well, which the collector leaves out where they are texts."""
    keys = list(_keys(thing)) if _is_dict(type(thing)) else []
    return [*keys, *_referents(thing)]


def _is_dict(kind: type) -> bool:
    return dict in _bases(kind)


def _look_through(things: Iterable[Any], known: range, found: set[int], seen: set[int]) -> None:
    """Adds the numbers in these, and in containers among them that the collector has ceased to track."""
    for thing in things:
        kind = type(thing)
        if kind is int:
            if thing in known:
                found.add(thing)
        elif kind in (str, bytes, bytearray):
            _read(thing, known, found, seen)
        elif kind in CONTAINERS and not _is_tracked(thing) and id(thing) not in seen:
            seen.add(id(thing))
            _look_through(_held_by(thing), known, found, seen)


def _read(text: Any, known: range, found: set[int], seen: set[int]) -> None:
    if len(text) < 7 or id(text) in seen:
        return
    seen.add(id(text))
    numbers = NUMBER.findall(text) if type(text) is str else BYTES.findall(text)
    found.update(number for number in map(int, numbers) if number in known)

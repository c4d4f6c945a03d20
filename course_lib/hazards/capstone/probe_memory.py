"""Which of the numbers that requests carried are still somewhere in memory: in a key, a text, a record, as bytes.

Every object that the garbage collector knows of is looked through, and what those hold that it does not know of. So the
count is exact, whatever the allocator does: a cache of ten remembers ten. What it can't see: numbers that C code keeps
for itself, or that are kept in another form than they came in.
"""

from __future__ import annotations

import gc
import re
import urllib.parse
from collections.abc import Iterable
from typing import Any

NUMBER = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
BYTES = re.compile(rb"(?<![0-9])[0-9]{7}(?![0-9])")
_keys, _bases = dict.keys, type.__dict__["__mro__"].__get__  # what a subclass has in their place may be anything
CONTAINERS = (tuple, dict, list, set, frozenset)


def remembered_numbers(known: range) -> set[int]:
    """The numbers in the range that some object holds, after a full collection."""
    collect()
    found: set[int] = set()
    seen: set[int] = set()
    for thing in gc.get_objects():
        _look_through(_held_by(thing), known, found, seen)
    return found


def collect() -> None:
    """A full collection, without what Python itself keeps of addresses and patterns, a hundred or so of each."""
    urllib.parse.clear_cache()  # type: ignore[attr-defined]  # it has no stub
    re.purge()
    gc.collect()


def _held_by(thing: Any) -> list[Any]:
    """What it refers to; of a dict the keys as well, which the collector leaves out where they are texts."""
    keys = list(_keys(thing)) if _is_dict(type(thing)) else []
    return [*keys, *gc.get_referents(thing)]


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
        elif kind in CONTAINERS and not gc.is_tracked(thing) and id(thing) not in seen:
            seen.add(id(thing))
            _look_through(_held_by(thing), known, found, seen)


def _read(text: Any, known: range, found: set[int], seen: set[int]) -> None:
    if len(text) < 7 or id(text) in seen:
        return
    seen.add(id(text))
    numbers = NUMBER.findall(text) if type(text) is str else BYTES.findall(text)
    found.update(number for number in map(int, numbers) if number in known)

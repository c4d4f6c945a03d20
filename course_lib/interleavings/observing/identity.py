"""`id` of the program's objects: the same numbers in every run, so that locks taken in the order of `id` are.

An object gets its number when somebody first asks for it: the state's objects in the order in which they are found,
those that a thread makes in the order in which it does. Numbers given before the threads start stay valid in them.
"""

from __future__ import annotations

import weakref
from typing import Any

from course_lib.interleavings.exploring.objects import OurReference
from course_lib.interleavings.exploring.scheduler import here

_FIRST, _STEP, _APART = 0x7F00_0000_0000, 16, 1 << 50
_given: dict[int, tuple[Any, int]] = {}  # real id -> the object, or a weak reference to it, and its number
_count = [0, 0]  # how many were given outside of threads: so far, and before the first run
given_again: list[None] = []  # while it holds something: outside of threads, what is gone leaves its number to the next


def identity(thing: Any) -> int:
    """What `id` is in rewritten code."""
    holder, number = _given.get(id(thing), (None, 0))
    if number and (holder() if isinstance(holder, weakref.ReferenceType) else holder) is thing:
        return number
    if given_again and here() is None:
        return id(thing) + _APART
    number = _FIRST + _STEP * _next(thing)
    _given[id(thing)] = (OurReference(thing) if type(thing).__weakrefoffset__ else thing), number
    return number


def _next(thing: Any) -> int:
    worker = here()
    if worker is None:
        _count[0] += 1
        return _count[0]
    known: int | None = worker.run.objects.known(thing)
    if known is not None and known <= worker.run.objects.named:
        return known + (1 << 16)
    worker.identities += 1
    return worker.identities + ((worker.index + 2) << 16)


def start_numbers() -> None:
    """Before the state of a run is made: what earlier runs were told is of no account."""
    _count[1] = _count[1] or _count[0] + 1
    _count[0] = _count[1]
    last = _FIRST + _STEP * _count[1]
    for key in [key for key, (_, number) in _given.items() if number >= last]:
        del _given[key]

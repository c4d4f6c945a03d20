"""Which descriptors a process has open: files, sockets, pipes, event queues.

By asking the system about each number up to the limit, which needs no /proc: about all of them in one question where
there is `poll`, and then about each that is open. It can't see what has no descriptor: threads, or memory.
"""

from __future__ import annotations

import os
import select
from collections.abc import Iterable
from functools import cache
from typing import Any

HIGHEST, AT_ONCE = 1024, 64

_fstat = os.fstat
_poll = getattr(select, "poll", None)  # Windows has none
_CLOSED = getattr(select, "POLLNVAL", 0)


def open_descriptors(highest: int = HIGHEST) -> frozenset[tuple[int, int, int]]:
    """(descriptor, device, inode) of everything open below `highest`; the difference of two is what stayed open."""
    found = set()
    for number in _open_numbers(highest):
        try:
            status = _fstat(number)
        except OSError:
            continue
        found.add((number, status.st_dev, status.st_ino))
    return frozenset(found)


def _open_numbers(highest: int) -> Iterable[int]:
    """Those that may be open; all of them where the system can't be asked about many at once."""
    if _poll is None:
        return range(highest)
    closed: set[int] = set()
    try:
        for asking in _asking_about(highest):
            closed.update(number for number, answer in asking.poll(0) if answer & _CLOSED)
    except OSError:
        return range(highest)
    return [number for number in range(highest) if number not in closed]


@cache
def _asking_about(highest: int) -> list[Any]:
    """What asks about each number below `highest`, about so many at once as the least limit on descriptors allows."""
    every = []
    for first in range(0, highest, AT_ONCE):
        every.append(select.poll())
        for number in range(first, min(first + AT_ONCE, highest)):
            every[-1].register(number, 0)
    return every

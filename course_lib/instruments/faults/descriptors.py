"""Which descriptors a process has open: files, sockets, pipes, event queues.

By asking the system about each number up to the limit, which works wherever `os.fstat` does and needs no /proc. It
can't see what has no descriptor: threads, or memory.
"""

from __future__ import annotations

import os

HIGHEST = 1024

_fstat = os.fstat


def open_descriptors(highest: int = HIGHEST) -> frozenset[tuple[int, int, int]]:
    """(descriptor, device, inode) of everything open below `highest`; the difference of two is what stayed open."""
    found = set()
    for number in range(highest):
        try:
            status = _fstat(number)
        except OSError:
            continue
        found.add((number, status.st_dev, status.st_ino))
    return frozenset(found)

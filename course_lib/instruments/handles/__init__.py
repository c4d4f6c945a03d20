"""Open handles: who closes what the code opens?

Measured: how many handles (files, bare descriptors, SQLite connections, sockets, memory maps) the code opened, and
of each whether the code closed it, the garbage collector did, or nobody; the peak open at once; the line of each.

    with watch_handles() as ledger:
        export_everything()
    print(ledger.reading)

How: while the block runs, every constructor of a handle is replaced by one that reports, also under the names that
other modules imported earlier. By default the ledger holds every handle and the collector is off, so that only an
explicit close closes, as on a Python without reference counting; `keep_alive=False` watches CPython as it is.

Method: the course's own: a closed handle is one that the code closed, not one that is gone, so that what reference
counting hides is seen. Python's ResourceWarning and counts of descriptors before and after miss what still is held.

What it can't see: `os.scandir` iterators, event loops' selectors, handles opened inside C extensions or child
processes, constructors that were bound as a default argument or a class attribute before the block began; and it takes
the drop of a generator that waits in `yield from file` for a close by the code. A connection that a pool keeps for its
next user is still open: close the pool within the block (`engine.dispose()`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from course_lib.instruments.handles.ledger import Ledger, entered
from course_lib.instruments.handles.reading import HandleReading, Line
from course_lib.instruments.handles.switch import install, installed, uninstall

__all__ = ["HandleReading", "Ledger", "Line", "install", "uninstall", "watch_handles"]


@contextmanager
def watch_handles(keep_alive: bool = True, kinds: Collection[str] = ()) -> Iterator[Ledger]:
    """A ledger whose `reading` counts the handles opened in the block; final as soon as the block ends.

    With `kinds` ("file", "descriptor", "SQLite connection", "socket", "memory map") only those are counted; ValueError
    where a kind is none of these.
    """
    with installed(), entered(Ledger(keep_alive, kinds)) as ledger:
        yield ledger

"""The switch that puts the reporting constructors in place, and takes them away again."""

from __future__ import annotations

import builtins
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from course_lib.instruments.handles import connections, files
from course_lib.instruments.seams.exchange import Exchange
from course_lib.instruments.seams.sqlite import begin, end

_constructors = Exchange(
    [
        (builtins.open, files.open_file),
        (io.FileIO, files.FileIO),
        (files.REAL_OPEN, files.open_descriptor),
        (files.REAL_CLOSE, files.close_descriptor),
        (files.REAL_DUP, files.duplicate),
        (files.REAL_PIPE, files.make_pipe),
        (connections.Mmap.original, connections.Mmap),
    ]
)
_lock = threading.Lock()
_connections = connections.Connections()
_uses = 0


def install() -> None:
    """Puts the stand-ins in place for as long as anyone uses them; each `install` wants one `uninstall`."""
    global _uses
    with _lock:
        _uses += 1
        if _uses == 1:
            files.forget_descriptors()
            _constructors.install()
            begin(_connections)
            connections.report_sockets(on=True)


def uninstall() -> None:
    """Puts the originals back after the last use; a name that was rebound meanwhile stays as it is."""
    global _uses
    with _lock:
        _uses -= 1
        if _uses == 0:
            connections.report_sockets(on=False)
            end(_connections)
            _constructors.uninstall()


@contextmanager
def installed() -> Iterator[None]:
    """The stand-ins, for the length of a block."""
    install()
    try:
        yield
    finally:
        uninstall()

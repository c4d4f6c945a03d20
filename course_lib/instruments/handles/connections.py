"""SQLite connections, by their seam; stand-ins for the constructors of memory maps and sockets."""

from __future__ import annotations

import mmap
import socket
import sqlite3
from typing import Any
from weakref import WeakKeyDictionary

from course_lib.instruments.handles.files import disown, owned
from course_lib.instruments.handles.ledger import Handle, opened
from course_lib.instruments.seams.exchange import StandsFor
from course_lib.instruments.seams.sqlite import Listener

FILENO = 3  # its position among the arguments of a socket
_REAL_SOCKET_METHODS = {name: getattr(socket.socket, name) for name in ("__init__", "_real_close", "detach")}
_sockets: WeakKeyDictionary[socket.socket, Handle] = WeakKeyDictionary()


class Connections(Listener):
    """Enters every SQLite connection that the seam tells of."""

    def __init__(self) -> None:
        self._handles: WeakKeyDictionary[Any, Handle] = WeakKeyDictionary()

    def opened(self, connection: sqlite3.Connection, database: object) -> None:
        handle = opened("SQLite connection", database)
        if handle is not None:
            handle.belongs_to(connection, _connection_is_closed)
            self._handles[connection] = handle

    def closed(self, connection: sqlite3.Connection) -> None:
        handle = self._handles.get(connection)
        if handle is not None:
            handle.closed_here()


def _connection_is_closed(connection: Any) -> bool:
    try:
        connection.total_changes  # noqa: B018  # raises on a closed connection, in any thread
    except sqlite3.ProgrammingError:
        return True
    return False


class Mmap(mmap.mmap, metaclass=StandsFor):
    """A memory map that reports."""

    original = mmap.mmap
    _handle: Handle | None = None

    def __init__(self, *args: Any, **_keywords: Any) -> None:
        self._handle = opened("memory map", args[0] if args else None)
        if self._handle is not None:
            self._handle.belongs_to(self, _map_is_closed)

    def close(self) -> None:
        super().close()
        if self._handle is not None:
            self._handle.closed_here()

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _map_is_closed(memory_map: Any) -> bool:
    return bool(memory_map.closed)


def _init(self: socket.socket, *args: Any, **keywords: Any) -> None:
    _REAL_SOCKET_METHODS["__init__"](self, *args, **keywords)
    given = keywords.get("fileno", args[FILENO] if len(args) > FILENO else None)
    handle = owned("socket", self, self.fileno(), None, given is not None, _socket_is_closed)
    if handle is not None:
        _sockets[self] = handle


def _real_close(self: socket.socket, *args: Any, **keywords: Any) -> None:
    _REAL_SOCKET_METHODS["_real_close"](self, *args, **keywords)
    handle = _sockets.get(self)
    if handle is not None:
        handle.closed_here()


def _detach(self: socket.socket) -> int:
    descriptor = int(_REAL_SOCKET_METHODS["detach"](self))
    handle = _sockets.pop(self, None)
    if handle is not None and descriptor >= 0:
        disown(descriptor, handle)
    return descriptor


def _socket_is_closed(sock: Any) -> bool:
    return bool(sock.fileno() < 0)


def report_sockets(on: bool) -> None:
    """Exchanges the three methods of `socket.socket` that open or close; the class itself stays what it is."""
    stand_ins = {"__init__": _init, "_real_close": _real_close, "detach": _detach}
    for name, method in (stand_ins if on else _REAL_SOCKET_METHODS).items():
        setattr(socket.socket, name, method)

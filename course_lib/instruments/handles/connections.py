"""Stand-ins for the constructors of SQLite connections, memory maps and sockets."""

from __future__ import annotations

import mmap
import socket
import sqlite3
from typing import Any
from weakref import WeakKeyDictionary

from course_lib.instruments.handles.files import StandsFor, disown, owned, reporting
from course_lib.instruments.handles.ledger import Handle, opened

REAL_CONNECT = sqlite3.connect
FACTORY, FILENO = 5, 3  # positions among the arguments of `connect` and of a socket
_REAL_SOCKET_METHODS = {name: getattr(socket.socket, name) for name in ("__init__", "_real_close", "detach")}
_sockets: WeakKeyDictionary[socket.socket, Handle] = WeakKeyDictionary()


class Connection(sqlite3.Connection, metaclass=StandsFor):
    """An SQLite connection that reports."""

    original = sqlite3.Connection
    _handle: Handle | None = None

    def __init__(self, database: Any, *args: Any, **keywords: Any) -> None:
        reporting.depth += 1
        try:
            super().__init__(database, *args, **keywords)
        finally:
            reporting.depth -= 1
        self._handle = opened("SQLite connection", database)
        if self._handle is not None:
            self._handle.belongs_to(self, _connection_is_closed)

    def close(self) -> None:
        super().close()
        if self._handle is not None:
            self._handle.closed_here()


def _connection_is_closed(connection: Any) -> bool:
    try:
        connection.total_changes  # noqa: B018  # raises on a closed connection, in any thread
    except sqlite3.ProgrammingError:
        return True
    return False


def connect(*args: Any, **keywords: Any) -> Any:
    """`sqlite3.connect`, reporting; a factory of the caller's own keeps its behaviour."""
    if len(args) > FACTORY:
        args = (*args[:FACTORY], _reporting(args[FACTORY]), *args[FACTORY + 1 :])
    else:
        keywords["factory"] = _reporting(keywords.get("factory", Connection))
    return REAL_CONNECT(*args, **keywords)


def _reporting(factory: Any) -> Any:
    """The factory itself where it reports already or is no class, else a class that adds the reports to it."""
    if not isinstance(factory, type) or Connection in factory.__mro__:
        return factory
    if factory is Connection.original:
        return Connection
    return StandsFor(factory.__name__, (factory, Connection), {})


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

"""Connections that were open before anyone listened: their trace, and the cursors that Django and SQLAlchemy make."""

from __future__ import annotations

import gc
import sqlite3
import sys
from collections.abc import Callable
from functools import partial
from sqlite3 import Connection as PlainConnection
from sqlite3 import Cursor as PlainCursor
from typing import Any

from course_lib.instruments.seams.exchange import sealed
from course_lib.instruments.seams.sqlite.telling import Cursor, hear_trace, telling, tells

Patch = tuple[Any, str, Any]
_overheard: list[PlainConnection] = []
_out_of_reach: list[PlainConnection] = []
_replaced: list[Patch] = []


def hear() -> None:
    """Listens to every connection that is open by now, unless that has been done."""
    if _replaced or _overheard or _out_of_reach:
        return
    for owner, name, new in [*_django(), *_sqlalchemy()]:
        _replaced.append((owner, name, getattr(owner, name)))
        setattr(owner, name, new)
    for thing in gc.get_objects():
        kind = type(thing)
        if issubclass(kind, PlainConnection) and not tells(kind):
            overhear(thing)


def overhear(connection: PlainConnection) -> None:
    """Listens to the trace of a connection that doesn't tell; one of another thread is out of reach."""
    try:
        PlainConnection.set_trace_callback(connection, sealed(partial(hear_trace, connection)))
        _overheard.append(connection)
    except sqlite3.ProgrammingError as error:
        if "thread" in str(error):
            _out_of_reach.append(connection)


def out_of_reach() -> int:
    """How many connections of other threads were open before, so that nothing can be heard of them."""
    return len(_out_of_reach)


def forget() -> None:
    """Stops listening to them."""
    while _replaced:
        owner, name, old = _replaced.pop()
        setattr(owner, name, old)
    while _overheard:
        try:
            PlainConnection.set_trace_callback(_overheard.pop(), None)
        except sqlite3.ProgrammingError:
            continue
    _out_of_reach.clear()


def _django() -> list[Patch]:
    django = sys.modules.get("django.db.backends.sqlite3.base")
    if django is None:
        return []
    plain = django.SQLiteCursorWrapper

    @sealed
    def create_cursor(self: Any, name: object = None) -> Any:
        return self.connection.cursor(factory=telling(plain, PlainCursor, Cursor))

    return [(django.DatabaseWrapper, "create_cursor", create_cursor)]


def _sqlalchemy() -> list[Patch]:
    alchemy = sys.modules.get("sqlalchemy.engine.default")
    if alchemy is None:
        return []
    context = alchemy.DefaultExecutionContext
    plain: Callable[..., Any] = context.create_default_cursor

    @sealed
    def create_default_cursor(self: Any) -> Any:
        connection = self._dbapi_connection.dbapi_connection
        return connection.cursor(Cursor) if isinstance(connection, PlainConnection) else plain(self)

    return [(context, "create_default_cursor", create_default_cursor)]

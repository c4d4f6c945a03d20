"""Counting connections and cursors for sqlite3, and a second opinion from SQLite itself.

Every cursor of a counting connection notes what it sends and what it hands over. SQLite's own trace callback
hears of each statement that runs; one that no counting cursor sent is noted as unaccounted for, so a cursor
of the plain class does not go unnoticed.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import lru_cache
from sqlite3 import Connection as PlainConnection
from sqlite3 import Cursor as PlainCursor
from sqlite3 import Error
from sqlite3 import connect as plain_connect
from typing import Any, TypeVar, cast

from course_lib.instruments.queries.tally import note_rows, note_statement, note_unaccounted

F = TypeVar("F", bound=Callable[..., Any])
CANARY = "SELECT 'is anybody listening?'"


class _Sending(threading.local):
    """Where this thread is: inside a counting cursor's call, or in a script whose statements count singly."""

    depth = 0
    script = False
    echoes = 0


_sending = _Sending()
_silent: weakref.WeakSet[PlainCursor] = weakref.WeakSet()  # cursors whose rows are those of a PRAGMA or the like
_live: weakref.WeakSet[PlainConnection] = weakref.WeakSet()


def sealed(function: F) -> F:
    """The function behind a callable written in C: measured code finds no way from it to the books."""
    hidden = lru_cache(maxsize=0)(function)
    del hidden.__wrapped__
    return cast("F", hidden)


def _heard(sql: str) -> None:
    if sql == CANARY:
        _sending.echoes += 1
    elif _sending.script:
        note_statement(sql)
    elif not _sending.depth:
        note_unaccounted(sql, f"a statement past the driver's cursors, {sql[:200]}")


def deaf_connections() -> int:
    """How many open counting connections SQLite no longer reports on, because their trace was taken off."""
    deaf = 0
    for connection in list(_live):
        _sending.echoes = 0
        try:
            PlainCursor(connection).execute(CANARY).close()
        except Error:  # closed, locked, or another thread's
            continue
        deaf += not _sending.echoes
    return deaf


def _count(cursor: PlainCursor, rows: int) -> None:
    if cursor not in _silent:
        note_rows(rows)


class CountingCursor(PlainCursor):
    """A cursor that notes each statement it sends and each row it hands over."""

    @sealed
    def execute(self, sql: str, *parameters: Any) -> Any:
        remember = _silent.discard if note_statement(sql) else _silent.add
        remember(self)
        return _sent(super().execute, sql, *parameters)

    @sealed
    def executemany(self, sql: str, parameters: Any) -> Any:
        note_statement(sql)
        return _sent(super().executemany, sql, parameters)

    @sealed
    def executescript(self, script: str) -> Any:
        _sending.script = True
        try:
            return super().executescript(script)
        finally:
            _sending.script = False

    @sealed
    def fetchone(self) -> Any:
        row = super().fetchone()
        _count(self, row is not None)
        return row

    @sealed
    def fetchmany(self, *size: Any, **keywords: Any) -> list[Any]:
        rows = super().fetchmany(*size, **keywords)
        _count(self, len(rows))
        return rows

    @sealed
    def fetchall(self) -> list[Any]:
        rows = super().fetchall()
        _count(self, len(rows))
        return rows

    @sealed
    def __next__(self) -> Any:
        row = super().__next__()
        _count(self, 1)
        return row


def _sent(send: Callable[..., Any], *arguments: Any) -> Any:
    _sending.depth += 1
    try:
        return send(*arguments)
    finally:
        _sending.depth -= 1


class CountingConnection(PlainConnection):
    """A connection all of whose cursors count."""

    @sealed
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        others: list[Callable[[str], object]] = []
        self._other_traces = others
        super().set_trace_callback(sealed(lambda sql: _hear_all(sql, others)))
        _live.add(self)

    @sealed
    def set_trace_callback(self, callback: Callable[[str], object] | None, /) -> None:
        self._other_traces[:] = [callback] if callback else []

    @sealed
    def cursor(self, factory: Any = CountingCursor) -> Any:
        return super().cursor(counting(factory, PlainCursor, CountingCursor))

    # The shortcuts are written out because some Python versions make their cursor without asking `cursor()`.
    @sealed
    def execute(self, *arguments: Any) -> Any:
        return self.cursor().execute(*arguments)

    @sealed
    def executemany(self, *arguments: Any) -> Any:
        return self.cursor().executemany(*arguments)

    @sealed
    def executescript(self, script: str) -> Any:
        return self.cursor().executescript(script)

    # What reads the database without a statement: noted, so that it can't pass for no query at all.
    @sealed
    def backup(self, *arguments: Any, **keywords: Any) -> None:
        note_unaccounted("-- backup --", "a copy of the whole database")
        super().backup(*arguments, **keywords)

    @sealed
    def serialize(self, **keywords: Any) -> bytes:
        note_unaccounted("-- serialize --", "a copy of the whole database")
        return super().serialize(**keywords)

    @sealed
    def blobopen(self, *arguments: Any, **keywords: Any) -> Any:
        note_unaccounted("-- blobopen --", "a value opened as a blob")
        return super().blobopen(*arguments, **keywords)


def _hear_all(sql: str, others: list[Callable[[str], object]]) -> None:
    _heard(sql)
    for other in others:
        other(sql)


_made: dict[type, type] = {PlainCursor: CountingCursor, PlainConnection: CountingConnection}


@sealed
def counting(factory: Any, plain: type, counter: type) -> Any:
    """The counting version of a class of cursors or connections; what is no such class is left alone."""
    if not (isinstance(factory, type) and issubclass(factory, plain)) or issubclass(factory, counter):
        return factory
    if factory not in _made:
        _made[factory] = type(factory.__name__, (factory, counter), {"__module__": factory.__module__})
    return _made[factory]


@sealed
def counting_connect(*arguments: Any, **keywords: Any) -> PlainConnection:
    """`sqlite3.connect`, giving a counting connection of the class asked for."""
    before, factory, after = arguments[:5], arguments[5:6], arguments[6:]
    if factory:
        arguments = (*before, counting(factory[0], PlainConnection, CountingConnection), *after)
    else:
        asked = keywords.get("factory", PlainConnection)
        keywords["factory"] = counting(asked, PlainConnection, CountingConnection)
    connection: PlainConnection = plain_connect(*arguments, **keywords)
    return connection

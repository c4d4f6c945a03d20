"""Counting connections and cursors for sqlite3, and a second opinion from SQLite itself.

Every cursor of a counting connection notes what it sends and what it hands over. SQLite's own trace callback
hears of each statement that runs; one that no counting cursor sent is noted as unaccounted for, so a cursor
of the plain class does not go unnoticed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from sqlite3 import Connection as PlainConnection
from sqlite3 import Cursor as PlainCursor
from sqlite3 import connect as plain_connect
from typing import Any

from course_lib.instruments.queries.tally import note_rows, note_statement, note_unaccounted


class _Sending(threading.local):
    """Where this thread is: inside a counting cursor's call, or in a script whose statements count singly."""

    depth = 0
    script = False


_sending = _Sending()


def _heard(sql: str) -> None:
    if _sending.script:
        note_statement(sql)
    elif not _sending.depth:
        note_unaccounted(sql)


class CountingCursor(PlainCursor):
    """A cursor that notes each statement it sends and each row it hands over."""

    _rows_count = True

    def _note(self, number: int) -> None:
        if self._rows_count:
            note_rows(number)

    def execute(self, sql: str, *parameters: Any) -> Any:
        self._rows_count = note_statement(sql)
        return _sent(super().execute, sql, *parameters)

    def executemany(self, sql: str, parameters: Any) -> Any:
        note_statement(sql)
        return _sent(super().executemany, sql, parameters)

    def executescript(self, script: str) -> Any:
        _sending.script = True
        try:
            return super().executescript(script)
        finally:
            _sending.script = False

    def fetchone(self) -> Any:
        row = super().fetchone()
        self._note(row is not None)
        return row

    def fetchmany(self, *size: Any, **keywords: Any) -> list[Any]:
        rows = super().fetchmany(*size, **keywords)
        self._note(len(rows))
        return rows

    def fetchall(self) -> list[Any]:
        rows = super().fetchall()
        self._note(len(rows))
        return rows

    def __next__(self) -> Any:
        row = super().__next__()
        self._note(1)
        return row


def _sent(send: Callable[..., Any], *arguments: Any) -> Any:
    _sending.depth += 1
    try:
        return send(*arguments)
    finally:
        _sending.depth -= 1


class CountingConnection(PlainConnection):
    """A connection all of whose cursors count."""

    _other_trace: Callable[[str], object] | None = None

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        super().set_trace_callback(self._trace)

    def _trace(self, sql: str) -> None:
        _heard(sql)
        if self._other_trace:
            self._other_trace(sql)

    def set_trace_callback(self, callback: Callable[[str], object] | None, /) -> None:
        self._other_trace = callback

    def cursor(self, factory: Any = CountingCursor) -> Any:
        return super().cursor(counting(factory, PlainCursor, CountingCursor))

    # The shortcuts are written out because some Python versions make their cursor without asking `cursor()`.
    def execute(self, *arguments: Any) -> Any:
        return self.cursor().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        return self.cursor().executemany(*arguments)

    def executescript(self, script: str) -> Any:
        return self.cursor().executescript(script)

    # What reads the database without a statement: noted, so that it can't pass for no query at all.
    def backup(self, *arguments: Any, **keywords: Any) -> None:
        note_unaccounted("-- backup of the whole database --")
        super().backup(*arguments, **keywords)

    def serialize(self, **keywords: Any) -> bytes:
        note_unaccounted("-- copy of the whole database --")
        return super().serialize(**keywords)

    def blobopen(self, *arguments: Any, **keywords: Any) -> Any:
        note_unaccounted("-- one value opened as a blob --")
        return super().blobopen(*arguments, **keywords)


_made: dict[type, type] = {PlainCursor: CountingCursor, PlainConnection: CountingConnection}


def counting(factory: Any, plain: type, counter: type) -> Any:
    """The counting version of a class of cursors or connections; what is no such class is left alone."""
    if not (isinstance(factory, type) and issubclass(factory, plain)) or issubclass(factory, counter):
        return factory
    if factory not in _made:
        _made[factory] = type(factory.__name__, (factory, counter), {"__module__": factory.__module__})
    return _made[factory]


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

"""What the sqlite3 seam tells, written into the books."""

from __future__ import annotations

import weakref
from sqlite3 import Connection, Cursor
from typing import Any

from course_lib.instruments.queries.tally import note_handed, note_rows, note_statement, note_unaccounted
from course_lib.instruments.seams.sqlite import Listener, tells

NUMBER = 8  # bytes that a number or NULL in a row is counted as


class Books(Listener):
    """Counts statements and rows; a statement known from the trace alone counts, and its rows are unknown."""

    def __init__(self) -> None:
        self._silent: weakref.WeakSet[Cursor] = weakref.WeakSet()  # whose rows are those of a PRAGMA or the like

    def sent(self, cursor: Cursor, sql: str, parameters: Any, via: str) -> None:
        if via != "executescript":  # the statements of a script count singly, as the trace tells of them
            remember = self._silent.discard if note_statement(sql) else self._silent.add
            remember(cursor)

    def received(self, cursor: Cursor, row: tuple[Any, ...]) -> None:
        if cursor not in self._silent:
            note_rows(1, _bytes_of(row))

    def handed(self, connection: Connection, function: str, values: tuple[Any, ...]) -> None:
        note_handed(function, _bytes_of(values))

    def traced(self, connection: Connection, sql: str, via: str) -> None:
        if via == "executescript":
            note_statement(sql)
        elif not via and tells(type(connection)):
            note_unaccounted(sql, f"a statement past the driver's cursors, {sql[:200]}")
        elif not via:
            note_unaccounted(sql, "sent on a connection that was open before the counting began")

    def copied(self, connection: Connection, what: str) -> None:
        note_unaccounted("-- copy --", what)


def _bytes_of(row: tuple[Any, ...]) -> int:
    size = 0
    for value in row:
        if isinstance(value, str) and not value.isascii():
            size += len(value.encode("utf-8", "surrogatepass"))
        else:
            size += len(value) if isinstance(value, str | bytes) else NUMBER
    return size

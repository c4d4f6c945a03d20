"""All that a SQLite connection can see, in a form that two moments can be compared in.

    before = content(connection)
    run_the_code_under_review(connection)
    print(changes(before, content(connection)))     # ["main.orders: 12 rows before, 0 after"]

Every table counts, temporary and attached ones too, and every schema; so do changes that are not committed.
What it can't see: a write that was undone before the second look (`statements` can), and settings of the
connection that are no content, such as its row factory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from course_lib.instruments.seams.sqlite import unheard

Content = dict[str, tuple[int, str]]
_Cursor = sqlite3.Cursor  # kept, in case the code under review puts another one in its place


def content(connection: sqlite3.Connection) -> Content:
    """`{name: (rows, digest)}` for every table and schema; equal digests mean equal rows.

    Raises sqlite3.ProgrammingError where the connection is closed.
    """
    text_factory = connection.text_factory
    with unheard(connection):
        try:
            connection.text_factory = str
            return dict(_read_all(connection))
        finally:
            connection.text_factory = text_factory


def _read_all(connection: sqlite3.Connection) -> Iterator[tuple[str, tuple[int, str]]]:
    for _, database, _ in _rows(connection, "PRAGMA database_list"):
        if database == "temp" or not database:
            continue
        yield from _read_database(connection, database)
    yield from _read_database(connection, "temp")


def _read_database(connection: sqlite3.Connection, database: str) -> Iterator[tuple[str, tuple[int, str]]]:
    master = "sqlite_temp_master" if database == "temp" else f"{_quoted(database)}.sqlite_master"
    schema = _rows(connection, f"SELECT type, name, sql FROM {master}")  # noqa: S608  # the name is quoted
    version = _rows(connection, f"PRAGMA {_quoted(database)}.user_version")
    yield f"{database} schema", _digest([*schema, *version])
    for kind, name, _ in schema:
        if kind == "table":
            table = f"{_quoted(database)}.{_quoted(name)}"
            yield f"{database}.{name}", _digest(_rows(connection, f"SELECT * FROM {table}"))  # noqa: S608  # the same


def _rows(connection: sqlite3.Connection, sql: str) -> list[tuple[Any, ...]]:
    return _Cursor(connection).execute(sql).fetchall()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _digest(rows: list[tuple[Any, ...]]) -> tuple[int, str]:
    lines = sorted(map(repr, rows))
    return len(rows), sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def changes(before: Content, after: Content) -> list[str]:
    """What differs between two contents, one phrase a table: `main.orders: 12 rows before, 0 after`."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [_change(name, before.get(name), after.get(name)) for name in names]


def _change(name: str, before: tuple[int, str] | None, after: tuple[int, str] | None) -> str:
    if name.endswith(" schema"):
        return f"{name} changed"
    if before is None or after is None:
        return f"{name} is {'new' if before is None else 'gone'}"
    if before[0] == after[0]:
        return f"{name}: rows changed"
    return f"{name}: {before[0]} rows before, {after[0]} after"

"""Puts the counting in place while a reading is open, and takes it away afterwards."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as PlainConnection
from typing import Any

from course_lib.instruments.queries import postgres
from course_lib.instruments.queries.sqlite import Books
from course_lib.instruments.seams.sqlite import begin, end

_lock = threading.Lock()
_listeners = 0
_replaced: list[tuple[Any, str, Any]] = []
_books = Books()


@contextmanager
def listening() -> Iterator[None]:
    """Statements and rows are written down for as long as the outermost block lasts."""
    _listen()
    try:
        yield
    finally:
        _stop()


def listen_for_good() -> None:
    """Statements and rows are written down for the rest of the process, in which no connection is open yet."""
    _listen(look_back=False)


def _listen(look_back: bool = True) -> None:
    global _listeners
    with _lock:
        _listeners += 1
        if _listeners == 1:
            begin(_books, look_back)
            _wrap_psycopg()


def _stop() -> None:
    global _listeners
    with _lock:
        _listeners -= 1
        if not _listeners:
            end(_books)
            while _replaced:
                owner, name, old = _replaced.pop()
                setattr(owner, name, old)


def _wrap_psycopg() -> None:
    psycopg = sys.modules.get("psycopg")
    for owner, name, new in postgres.wrappers(psycopg) if psycopg else []:
        _replaced.append((owner, name, getattr(owner, name)))
        setattr(owner, name, new)


def refuse_unknown(connection: Any) -> None:
    """TypeError for a connection, engine or session whose driver is neither sqlite3 nor psycopg 3."""
    if hasattr(connection, "get_bind"):
        connection = connection.get_bind()
    dialect = getattr(connection, "dialect", None)
    vendor = getattr(connection, "vendor", type(connection).__module__)
    driver = str(getattr(dialect, "driver", vendor))
    known = ("pysqlite", "sqlite", "sqlite3", "_sqlite3", "psycopg", "postgresql")
    if driver.split(".")[0] not in known and not isinstance(connection, PlainConnection):
        raise TypeError(f"statements sent through {driver} can't be counted: this knows sqlite3 and psycopg 3")
    if type(connection) is PlainConnection:
        raise TypeError("the rows of a sqlite3 connection that was opened before can't be counted: open it inside")

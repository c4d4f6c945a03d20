"""Puts the counting drivers in place while a reading is open, and the plain ones back afterwards."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as PlainConnection
from sqlite3 import Cursor as PlainCursor
from typing import Any

from course_lib.instruments.queries import postgres
from course_lib.instruments.queries.sqlite import (
    CountingConnection,
    CountingCursor,
    counting,
    counting_connect,
    sealed,
)

Patch = tuple[Any, str, Any]

_lock = threading.Lock()
_listeners = 0
_replaced: list[Patch] = []
_kept: list[object] = []  # a context manager that nobody holds is closed by the garbage collector


@contextmanager
def listening() -> Iterator[None]:
    """Counting drivers for as long as the outermost block lasts."""
    global _listeners
    with _lock:
        _listeners += 1
        if _listeners == 1:
            _put_in_place([*_sqlite_patches(), *_postgres_patches()])
    try:
        yield
    finally:
        with _lock:
            _listeners -= 1
            if not _listeners:
                _put_back()


def listen_for_good() -> None:
    """Counting drivers for the rest of the process, the names `sqlite3.Connection` and `sqlite3.Cursor` too.

    For a process that exists to measure code nobody trusts; elsewhere those names would mislead `isinstance`.
    """
    for_good = listening()
    for_good.__enter__()
    _kept.append(for_good)
    names = [("Connection", CountingConnection), ("Cursor", CountingCursor)]
    _put_in_place([(module, name, new) for module in _sqlite_modules() for name, new in names])


def _put_in_place(patches: list[Patch]) -> None:
    for owner, name, new in patches:
        _replaced.append((owner, name, getattr(owner, name)))
        setattr(owner, name, new)


def _put_back() -> None:
    while _replaced:
        owner, name, old = _replaced.pop()
        setattr(owner, name, old)


def _sqlite_modules() -> list[Any]:
    return [sqlite3, sqlite3.dbapi2, sys.modules["_sqlite3"]]


def _sqlite_patches() -> list[Patch]:
    """New connections, and the cursors that Django and SQLAlchemy make on connections opened before."""
    patches: list[Patch] = [(module, "connect", counting_connect) for module in _sqlite_modules()]
    django = sys.modules.get("django.db.backends.sqlite3.base")
    if django:
        patches.append((django.DatabaseWrapper, "create_cursor", _django_cursor(django.SQLiteCursorWrapper)))
    alchemy = sys.modules.get("sqlalchemy.engine.default")
    if alchemy:
        context = alchemy.DefaultExecutionContext
        patches.append((context, "create_default_cursor", _alchemy_cursor(context.create_default_cursor)))
    return patches


def _django_cursor(plain: type) -> Callable[..., Any]:
    @sealed
    def create_cursor(self: Any, name: object = None) -> Any:
        return self.connection.cursor(factory=counting(plain, PlainCursor, CountingCursor))

    return create_cursor


def _alchemy_cursor(plain: Callable[..., Any]) -> Callable[..., Any]:
    @sealed
    def create_default_cursor(self: Any) -> Any:
        connection = self._dbapi_connection.dbapi_connection
        return connection.cursor(CountingCursor) if isinstance(connection, PlainConnection) else plain(self)

    return create_default_cursor


def _postgres_patches() -> list[Patch]:
    psycopg = sys.modules.get("psycopg")
    return postgres.wrappers(psycopg) if psycopg else []


def refuse_unknown(connection: Any) -> None:
    """TypeError for a connection, engine or session whose driver is neither sqlite3 nor psycopg 3."""
    if hasattr(connection, "get_bind"):
        connection = connection.get_bind()
    dialect = getattr(connection, "dialect", None)
    vendor = getattr(connection, "vendor", type(connection).__module__)
    driver = str(getattr(dialect, "driver", vendor))
    if driver.split(".")[0] not in ("pysqlite", "sqlite", "sqlite3", "_sqlite3", "psycopg", "postgresql"):
        raise TypeError(f"statements sent through {driver} can't be counted: this knows sqlite3 and psycopg 3")
    if type(connection) is PlainConnection:
        raise TypeError("this sqlite3 connection was opened before the counting began: open it inside the block")

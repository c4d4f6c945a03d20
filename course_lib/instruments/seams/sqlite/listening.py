"""Beginning and ending to listen: the telling versions are in place for as long as anyone does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as PlainConnection
from sqlite3 import Cursor as PlainCursor
from sqlite3 import connect as plain_connect
from typing import Any

from course_lib.instruments.seams.exchange import Exchange, sealed
from course_lib.instruments.seams.sqlite import earlier
from course_lib.instruments.seams.sqlite.telling import (
    Connection,
    Cursor,
    Listener,
    ears,
    listeners,
    renew,
    tell,
    telling,
    tells,
    thread,
)

FACTORY = 5  # its position among the arguments of `connect`
_lock = threading.RLock()


@sealed
def connect(*arguments: Any, **keywords: Any) -> Any:
    """`sqlite3.connect`, giving a connection that tells, of the class that was asked for."""
    if not listeners:
        return plain_connect(*arguments, **keywords)
    before, factory, after = arguments[:FACTORY], arguments[FACTORY : FACTORY + 1], arguments[FACTORY + 1 :]
    if factory:
        arguments = (*before, telling(factory[0], PlainConnection, Connection), *after)
    else:
        keywords["factory"] = telling(keywords.get("factory", PlainConnection), PlainConnection, Connection)
    thread.opening += 1
    try:
        connection = plain_connect(*arguments, **keywords)
    finally:
        thread.opening -= 1
    if not tells(type(connection)):  # a factory that is a function makes what it likes
        earlier.overhear(connection)
        tell("opened", connection, connection, arguments[0] if arguments else keywords.get("database"))
    return connection


_names = Exchange([(plain_connect, connect), (PlainConnection, Connection), (PlainCursor, Cursor)])


def begin(listener: Listener, look_back: bool = True) -> None:
    """Tells the listener everything until `end`; also of connections that are open by now, with `look_back`."""
    with _lock:
        listeners.append(listener)
        if len(listeners) == 1:
            _names.install()
        renew()
        if look_back and (ears["traced"] or ears["sent"]):
            earlier.hear()


def end(listener: Listener) -> None:
    """The listener hears no more; when the last has gone, everything is as it was."""
    with _lock:
        listeners.remove(listener)  # once: whoever began twice goes on
        renew()
        if not (ears["traced"] or ears["sent"]):
            earlier.forget()
        if not listeners:
            _names.uninstall()


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """The listener hears what happens while the block runs."""
    begin(listener)
    try:
        yield
    finally:
        end(listener)

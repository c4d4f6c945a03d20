"""Connections and cursors that tell what they do, and the listeners that they tell it to.

Every method is sealed: from a connection or a cursor, measured code finds no way to the listeners.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from sqlite3 import Connection as PlainConnection
from sqlite3 import Cursor as PlainCursor
from types import SimpleNamespace
from typing import Any

from course_lib.instruments.seams.exchange import StandsFor, sealed, takes_no_more

STEPS_A_TICK = 10
CANARY = "SELECT 'is anybody listening?'"


class Listener:
    """What there is to hear; a watch overrides what it wants, and costs nothing for the rest."""

    def opened(self, connection: PlainConnection, database: object) -> None:
        """A connection has been opened."""

    def closed(self, connection: PlainConnection) -> None:
        """Its `close` has been called."""

    def sent(self, cursor: PlainCursor, sql: str, parameters: Any, via: str) -> None:
        """A cursor is about to run a statement; `via` is execute, executemany or executescript."""

    def received(self, cursor: PlainCursor, row: tuple[Any, ...]) -> None:
        """A row came back, as SQLite made it: before any row factory."""

    def handed(self, connection: PlainConnection, function: str, values: tuple[Any, ...]) -> None:
        """Inside a statement, SQLite handed values to a function or an aggregate of the code's own.

        A collation hands over each text once, however often it compares it.
        """

    def traced(self, connection: PlainConnection, sql: str, via: str) -> None:
        """SQLite runs a statement; `via` names the method of a telling cursor that asked for it, or is empty."""

    def asked(self, connection: PlainConnection, action: int, first: Any, database: Any) -> None:
        """SQLite's authorizer was asked while a statement was prepared."""

    def copied(self, connection: PlainConnection, what: str) -> None:
        """The database, or a part of it, was read without a statement; `what` says in words what was taken."""

    def ticked(self) -> None:
        """SQLite's virtual machine went on by `STEPS_A_TICK` steps."""


EVENTS = tuple(name for name in vars(Listener) if not name.startswith("_"))
_Ears = tuple[Callable[..., None], ...]


class _Thread(threading.local):
    """Where this thread is: the method of a telling cursor that it is in, and whether it is opening a connection."""

    via = ""
    opening = 0
    echoes = 0


def _state() -> SimpleNamespace:
    """What the code itself has set on a connection, and for which listeners SQLite was last asked to tell.

    Of a class written in C: a method of our own would lead, by its globals, to the listeners.
    """
    nothing_told = {"generation": -1, "asks": False, "traces": False, "ticks": False}
    return SimpleNamespace(**nothing_told, trace=None, authorizer=None, progress=None, pace=0, tallied=0)


listeners: list[Listener] = []
ears: dict[str, _Ears] = dict.fromkeys(EVENTS, ())
_generation = [0]
thread = _Thread()
_muted: set[int] = set()
live: weakref.WeakSet[Connection] = weakref.WeakSet()
_combined: dict[type, type] = {}
_bases = type.__dict__["__mro__"].__get__  # what a class itself says of its bases may be anything


def _wants(listener: Listener, event: str) -> bool:
    return getattr(type(listener), event) is not getattr(Listener, event)


def ears_of(listeners: Iterable[Listener], event: str) -> _Ears:
    """The methods to call with an event, of those listeners that want to hear it."""
    return tuple(getattr(listener, event) for listener in listeners if _wants(listener, event))


def tell(event: str, connection: Any, *heard: Any) -> None:
    """Calls whoever wants to hear the event: the listeners to all, and the connection's own."""
    if id(connection) in _muted:
        return
    for ear in ears[event]:
        ear(*heard)
    if tells(type(connection)):
        for ear in connection.own_ears(event):
            ear(*heard)


def tells(kind: type) -> bool:
    """Whether connections of the class tell; `issubclass` would say so of the plain class too."""
    return Connection in _bases(kind)


@contextmanager
def unheard(connection: PlainConnection) -> Iterator[None]:
    """Nothing that happens on the connection inside the block is told to anyone, or asked of the code's own hooks."""
    _muted.add(id(connection))
    try:
        yield
    finally:
        _muted.discard(id(connection))


def is_opening() -> bool:
    """Whether this thread is inside a telling constructor: then the interpreter's own event is no news."""
    return thread.opening > 0


class Cursor(PlainCursor, metaclass=StandsFor):
    """A cursor that tells what it sends and what it gets."""

    original, own_attributes = PlainCursor, frozenset({"_factory"})
    __setattr__ = takes_no_more
    _factory: Any = None

    @sealed
    def execute(self, sql: str, *parameters: Any) -> Any:
        return _send(self, super().execute, "execute", sql, *parameters)

    @sealed
    def executemany(self, sql: str, many: Iterable[Any]) -> Any:
        return _send(self, super().executemany, "executemany", sql, many)

    @sealed
    def executescript(self, script: str) -> Any:
        return _send(self, super().executescript, "executescript", script)

    @property
    @sealed
    def row_factory(self) -> Any:
        """The code's own row factory; ours stands before it."""
        held = _row_factory.__get__(self)
        return self._factory if held is _row else held

    @row_factory.setter
    @sealed
    def row_factory(self, factory: Any) -> None:
        self._factory = factory
        _row_factory.__set__(self, _row)


_row_factory: Any = PlainCursor.row_factory


@sealed
def _row(cursor: Any, row: tuple[Any, ...]) -> Any:
    tell("received", cursor.connection, cursor, row)
    return row if cursor._factory is None else cursor._factory(cursor, row)


def _send(cursor: Any, send: Callable[..., Any], via: str, sql: str, *given: Any) -> Any:
    connection = cursor.connection
    if tells(type(connection)):
        _attend(connection)
    if _row_factory.__get__(cursor) is not _row:  # sqlite3 itself puts the connection's there
        cursor.row_factory = _row_factory.__get__(cursor)
    if isinstance(sql, str):
        parameters = given[0] if given else ()
        if via == "executemany":
            parameters, given = _noting(parameters)
        tell("sent", connection, cursor, str(sql), parameters, via)
    before, thread.via = thread.via, via
    try:
        return send(sql, *given)
    finally:
        thread.via = before


def _noting(many: Any) -> tuple[list[Any], tuple[Any]]:
    """A list that fills as the parameters are used, and the parameters to use in their place."""
    noted: list[Any] = []
    if isinstance(many, list | tuple):
        noted.extend(many)
        return noted, (many,)

    def passing() -> Iterator[Any]:
        for parameters in many:
            noted.append(parameters)
            yield parameters

    return noted, (passing(),)


class Connection(PlainConnection, metaclass=StandsFor):
    """A connection that tells, as do all its cursors."""

    original, own_attributes = PlainConnection, frozenset({"_state"})
    __setattr__ = takes_no_more

    @sealed
    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        self._state = _state()
        thread.opening += 1
        try:
            super().__init__(*arguments, **keywords)
        finally:
            thread.opening -= 1
        live.add(self)
        _attend(self)
        tell("opened", self, self, arguments[0] if arguments else keywords.get("database"))

    @sealed
    def own_ears(self, _event: str) -> _Ears:
        """Who else hears what happens on this one connection."""
        return ()

    @sealed
    def close(self) -> None:
        super().close()
        tell("closed", self, self)

    @sealed
    def cursor(self, factory: Any = Cursor) -> Any:
        return super().cursor(telling(factory, PlainCursor, Cursor))

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

    @sealed
    def backup(self, *arguments: Any, **keywords: Any) -> None:
        tell("copied", self, self, "a copy of the whole database")
        super().backup(*arguments, **keywords)

    @sealed
    def serialize(self, **keywords: Any) -> bytes:
        tell("copied", self, self, "a copy of the whole database")
        return super().serialize(**keywords)

    @sealed
    def blobopen(self, *arguments: Any, **keywords: Any) -> Any:
        tell("copied", self, self, "a value opened as a blob")
        return super().blobopen(*arguments, **keywords)

    @sealed
    def create_function(self, name: str, narg: int, func: Any, **keywords: Any) -> None:
        super().create_function(name, narg, func and _handing(weakref.ref(self), name, func), **keywords)

    @sealed
    def create_aggregate(self, name: str, n_arg: int, aggregate_class: Any) -> None:
        super().create_aggregate(name, n_arg, aggregate_class and _aggregating(self, name, aggregate_class))

    if hasattr(PlainConnection, "create_window_function"):  # SQLite has had it since 3.25

        @sealed
        def create_window_function(self, name: str, num_params: int, aggregate_class: Any) -> None:
            super().create_window_function(
                name, num_params, aggregate_class and _aggregating(self, name, aggregate_class)
            )

    @sealed
    def create_collation(self, name: str, callback: Any) -> None:
        super().create_collation(name, callback and _comparing(self, name, callback))

    @sealed
    def set_trace_callback(self, trace_callback: Any) -> None:
        self._state.trace = trace_callback
        if not self._state.traces:
            super().set_trace_callback(trace_callback)

    @sealed
    def set_authorizer(self, authorizer_callback: Any) -> None:
        self._state.authorizer = authorizer_callback
        if not self._state.asks:
            super().set_authorizer(authorizer_callback)

    @sealed
    def set_progress_handler(self, progress_handler: Any, n: int) -> None:
        self._state.progress, self._state.pace, self._state.tallied = progress_handler, n, 0
        if not self._state.ticks:
            super().set_progress_handler(progress_handler, n)


def _handing(held: weakref.ref[Any], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, telling of its arguments; it holds no connection, since no collector sees that SQLite holds it."""

    @sealed
    def hand(*values: Any) -> Any:
        if (told := held()) is not None:
            tell("handed", told, told, name, values)
        return function(*values)

    return hand


def _aggregating(connection: Any, name: str, made: Callable[[], Any]) -> Callable[[], Any]:
    """Makes the aggregates that the code's own class makes, whose `step` tells of its arguments."""
    held = weakref.ref(connection)

    @sealed
    def make() -> Any:
        inner = made()
        methods = {one: getattr(inner, one) for one in ("finalize", "value", "inverse") if hasattr(inner, one)}
        return SimpleNamespace(step=_handing(held, name, inner.step), **methods)

    return make


def _comparing(connection: Any, name: str, compare: Callable[[str, str], Any]) -> Callable[[str, str], Any]:
    """The collation, telling of each text when it first sees it."""
    seen: set[str] = set()
    held = weakref.ref(connection)

    @sealed
    def compared(one: str, other: str) -> Any:
        for text in {one, other} - seen:
            seen.add(text)
            if (told := held()) is not None:
                tell("handed", told, told, name, (text,))
        return compare(one, other)

    return compared


def _attend(connection: Any) -> None:
    """Asks SQLite for what the listeners of this moment want to hear; in the connection's own thread."""
    state = connection._state
    if state.generation == _generation[0]:
        return
    state.generation = _generation[0]
    wants = {event: bool(ears[event] or connection.own_ears(event)) for event in ("traced", "asked", "ticked")}
    try:
        if wants["traced"] or state.traces:
            state.traces = wants["traced"]
            heard = sealed(partial(hear_trace, connection)) if state.traces else state.trace
            PlainConnection.set_trace_callback(connection, heard)
        if wants["asked"] or state.asks:
            state.asks = wants["asked"]
            asked = sealed(partial(_hear_question, connection)) if state.asks else state.authorizer
            PlainConnection.set_authorizer(connection, asked)  # every statement is prepared anew, and asks again
        if wants["ticked"] or state.ticks:
            state.ticks = wants["ticked"]
            ticked = (partial(_hear_tick, connection), STEPS_A_TICK) if state.ticks else (state.progress, state.pace)
            PlainConnection.set_progress_handler(connection, *ticked)
    except sqlite3.ProgrammingError:  # closed, or another thread's: what comes next says so
        return


def hear_trace(connection: Any, sql: str) -> None:
    if sql == CANARY:
        thread.echoes += 1
        return
    tell("traced", connection, connection, sql, thread.via)
    if tells(type(connection)) and connection._state.trace and id(connection) not in _muted:
        connection._state.trace(sql)


def _hear_question(connection: Any, action: int, first: Any, second: Any, database: Any, trigger: Any) -> int:
    tell("asked", connection, connection, action, first, database)
    theirs = connection._state.authorizer
    if theirs is None or id(connection) in _muted:
        return sqlite3.SQLITE_OK
    return int(theirs(action, first, second, database, trigger))


def _hear_tick(connection: Any) -> Any:
    for ear in ears["ticked"]:
        ear()
    state = connection._state
    if state.progress is None:
        return 0
    state.tallied += STEPS_A_TICK
    if state.tallied < state.pace:
        return 0
    state.tallied = 0
    return state.progress()


@sealed
def telling(factory: Any, plain: type, teller: type) -> Any:
    """The version that tells of a class of cursors or connections; what is no such class is left alone."""
    if not isinstance(factory, type) or plain not in _bases(factory) or teller in _bases(factory):
        return factory
    if factory is plain:
        return teller
    if factory not in _combined:
        _combined[factory] = StandsFor(factory.__name__, (factory, teller), {"__module__": factory.__module__})
    return _combined[factory]


def renew() -> None:
    """Makes all follow a change among the listeners: each connection in its own thread, when it is next used."""
    ears.update({event: ears_of(dict.fromkeys(listeners), event) for event in EVENTS})
    _generation[0] += 1


def deaf_connections() -> int:
    """How many open telling connections SQLite no longer reports on, because their trace was taken off."""
    deaf = 0
    for connection in list(live):
        thread.echoes = 0
        try:
            PlainCursor(connection).execute(CANARY).close()
        except sqlite3.Error:  # closed, locked, or another thread's
            continue
        deaf += not thread.echoes
    return deaf

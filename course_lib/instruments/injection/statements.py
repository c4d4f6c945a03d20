"""Every statement that reaches a SQLite database, its parameters beside it, and whatever it writes.

    with watch_statements() as log:        # every sqlite3 connection opened inside is watched
        run_the_code_under_review()
    print(log)                             # text, parameters, writes, in order

    connection = sqlite3.connect("shop.db", factory=WatchedConnection)   # or one connection of your own
    print(connection.log)

    @pytest.fixture                        # or in a test
    def statements():
        with watch_statements() as log:
            yield log

The text is taken where the code hands it over, before SQLite puts the parameters in, so a value in the text
is a value that the code put there. SQLite's own trace is the second signal: a statement that no watched
cursor saw is listed with `via="trace"`. Writes are what SQLite's authorizer was asked for while statements
were prepared.

What it can't see: other drivers, connections that were open before, and, in a statement known from the
trace alone, whether a value was bound or spliced in, because the trace shows both alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from course_lib.instruments.injection.sql_structure import structure

_CREATED = ("TABLE", "INDEX", "VIEW", "TRIGGER", "VTABLE")
_WRITES = {
    getattr(sqlite3, f"SQLITE_{name}"): name.replace("_", " ")
    for name in ["INSERT", "UPDATE", "DELETE", "ALTER_TABLE", "REINDEX", "ANALYZE"]
    + [f"{verb}_{thing}" for verb in ("CREATE", "DROP") for thing in _CREATED]
    + [f"{verb}_TEMP_{thing}" for verb in ("CREATE", "DROP") for thing in _CREATED[:-1]]
}


@dataclass(frozen=True)
class Statement:
    """One statement as the code wrote it; `parameters` is what was bound, None where nothing can be bound."""

    text: str
    parameters: Any = None
    via: str = "execute"

    @property
    def structure(self) -> tuple[str, ...]:
        """The statement's tokens with every value blanked."""
        return structure(self.text)

    def __str__(self) -> str:
        bound = f"\n    bound: {self.parameters!r}" if self.parameters else ""
        note = "" if self.via == "execute" else f"\n    via: {self.via}"
        return f"{self.text}{bound}{note}"


@dataclass
class Log:
    """What reached the database, in order, and what it was asked to write, each kind of write once."""

    statements: list[Statement] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        counted = f"{len(self.statements)} statement{'s' * (len(self.statements) != 1)}"
        lines = [f"{number}. {statement}" for number, statement in enumerate(self.statements, 1)]
        return "\n".join([counted, *lines, f"writes: {', '.join(self.writes) or 'none'}"])

    def note_write(self, write: str) -> None:
        """Adds a kind of write that is not yet listed."""
        if write not in self.writes:
            self.writes.append(write)


class _Watched:
    """Mixed into a cursor class: hands every statement to the connection's log before it is run."""

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        with _seen(self, sql, parameters, "execute"):
            return super().execute(sql, parameters)  # type: ignore[misc]  # the cursor class it is mixed into

    def executemany(self, sql: str, many: Iterable[Any], /) -> Any:
        rows = list(many)
        with _seen(self, sql, rows, "executemany"):
            return super().executemany(sql, rows)  # type: ignore[misc]  # the same

    def executescript(self, sql: str, /) -> Any:
        with _seen(self, sql, None, "executescript"):
            return super().executescript(sql)  # type: ignore[misc]  # the same


class _WatchedCursor(_Watched, sqlite3.Cursor):
    pass


@contextmanager
def _seen(cursor: Any, sql: Any, parameters: Any, via: str) -> Iterator[None]:
    connection: WatchedConnection = cursor.connection
    if isinstance(sql, str) and not connection.muted:
        connection.log.statements.append(Statement(str(sql), parameters, via))
    connection.inside += 1
    try:
        yield
    finally:
        connection.inside -= 1


class WatchedConnection(sqlite3.Connection):
    """A real connection that logs what it was asked to run; the code under review sees no difference."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        self.log, self.inside, self.muted = Log(), 0, False
        self._their_authorizer: Callable[..., int] | None = None
        self._their_trace: Callable[[str], object] | None = None
        if len(arguments) > 6:
            arguments = (*arguments[:6], 0, *arguments[7:])
        else:
            keywords["cached_statements"] = 0  # so each statement is prepared, and asks to write, each time
        super().__init__(*arguments, **keywords)
        super().set_authorizer(self._authorize)
        super().set_trace_callback(self._trace)

    def cursor(self, factory: Any = None) -> Any:
        """A watched cursor; of the given class, where one is given."""
        if factory is None:
            return super().cursor(_WatchedCursor)
        if isinstance(factory, type) and issubclass(factory, sqlite3.Cursor):
            return super().cursor(type(factory.__name__, (_Watched, factory), {}))
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """The watched cursor on which the statement was run."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, many: Iterable[Any], /) -> Any:
        """The watched cursor on which the statement was run with each of the parameters."""
        return self.cursor().executemany(sql, many)

    def executescript(self, sql: str, /) -> Any:
        """The watched cursor on which the script was run."""
        return self.cursor().executescript(sql)

    @contextmanager
    def unwatched(self) -> Iterator[None]:
        """Nothing that happens inside the block is logged, or asked of an authorizer of the code's own."""
        self.muted = True
        try:
            yield
        finally:
            self.muted = False

    def set_authorizer(self, authorizer_callback: Any) -> None:
        """Keeps the given authorizer behind the watch's own."""
        self._their_authorizer = authorizer_callback

    def set_trace_callback(self, trace_callback: Any) -> None:
        """Keeps the given trace callback behind the watch's own."""
        self._their_trace = trace_callback

    def _authorize(self, action: int, first: Any, second: Any, database: Any, trigger: Any) -> int:
        if self.muted:
            return sqlite3.SQLITE_OK
        if action in _WRITES and not str(first).startswith("sqlite_"):
            self.log.note_write(f"{_WRITES[action]} {database}.{first}")
        theirs = self._their_authorizer
        return theirs(action, first, second, database, trigger) if theirs else sqlite3.SQLITE_OK

    def _trace(self, sql: str) -> None:
        if self.muted:
            return
        if not self.inside:
            self.log.statements.append(Statement(sql, None, "trace"))
        if self._their_trace:
            self._their_trace(sql)


@contextmanager
def watch_statements() -> Iterator[Log]:
    """One log for every connection that `sqlite3.connect` opens inside the block, whatever class it names."""
    log, connect = Log(), sqlite3.connect

    def watched_connect(*arguments: Any, **keywords: Any) -> Any:
        if len(arguments) > 5:
            arguments = (*arguments[:5], _watched_class(arguments[5]), *arguments[6:])
        else:
            keywords["factory"] = _watched_class(keywords.get("factory", sqlite3.Connection))
        connection = connect(*arguments, **keywords)
        connection.log = log
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = watched_connect
    try:
        yield log
    finally:
        sqlite3.connect = sqlite3.dbapi2.connect = connect


def _watched_class(wanted: type[sqlite3.Connection]) -> type[WatchedConnection]:
    """The class itself where it is watched already, else one that is both."""
    if issubclass(wanted, WatchedConnection):
        return wanted
    if wanted is sqlite3.Connection:
        return WatchedConnection
    return type(wanted.__name__, (WatchedConnection, wanted), {})

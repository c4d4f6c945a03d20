"""Every statement that reaches a SQLite database, its parameters beside it, and whatever it writes.

    with watch_statements() as log:        # every sqlite3 connection of the process is watched
        run_the_code_under_review()
    print(log)                             # text, parameters, writes, in order

    connection = sqlite3.connect("shop.db", factory=WatchedConnection)   # or one connection of your own
    print(connection.log)

    "OPTIONS": {"factory": WatchedConnection}                            # or Django's, in DATABASES["default"]

    @pytest.fixture                        # or in a test
    def statements():
        with watch_statements() as log:
            yield log

The text is taken where the code hands it over, before SQLite puts the parameters in, so a value in the text
is a value that the code put there. SQLite's own trace is the second signal: a statement that no watched
cursor saw is listed with `via="trace"`, and so are those of a connection that was open before. Writes are what
SQLite's authorizer was asked for while statements were prepared.

What it can't see: other drivers; and, in a statement known from the trace alone, whether a value was bound or
spliced in, because the trace shows both alike, nor what it writes.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from course_lib.instruments.own_line import NOWHERE, Place, own_line
from course_lib.instruments.seams.sqlite import Connection, Listener, listening
from course_lib.instruments.seams.sqlite.telling import ears_of
from course_lib.instruments.sql_structure import structure

_CREATED = ("TABLE", "INDEX", "VIEW", "TRIGGER", "VTABLE")
_WRITES = {
    getattr(sqlite3, f"SQLITE_{name}"): name.replace("_", " ")
    for name in ["INSERT", "UPDATE", "DELETE", "ALTER_TABLE", "REINDEX", "ANALYZE"]
    + [f"{verb}_{thing}" for verb in ("CREATE", "DROP") for thing in _CREATED]
    + [f"{verb}_TEMP_{thing}" for verb in ("CREATE", "DROP") for thing in _CREATED[:-1]]
}


@dataclass(frozen=True)
class Statement:
    """One statement as the code wrote it; `parameters` is what was bound, None where nothing can be bound.

    `place` is the line of the reader's own code that sent it.
    """

    text: str
    parameters: Any = None
    via: str = "execute"
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def structure(self) -> tuple[str, ...]:
        """The statement's tokens with every value blanked."""
        return structure(self.text)

    def __str__(self) -> str:
        bound = f"\n    bound: {self.parameters!r}" if self.parameters else ""
        note = "" if self.via == "execute" else f"\n    via: {self.via}"
        return f"{self.text}{bound}{note}"


@dataclass(eq=False)
class Log(Listener):
    """What reached the database, in order, and what it was asked to write, each kind of write once."""

    statements: list[Statement] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)

    def __str__(self) -> str:
        counted = f"{len(self.statements)} statement{'s' * (len(self.statements) != 1)}"
        counted += "" if self.statements or self.writes else ": unmeasured, nothing reached a database that is watched"
        lines = [f"{number}. {statement}" for number, statement in enumerate(self.statements, 1)]
        return "\n".join([counted, *lines, f"writes: {', '.join(self.writes) or 'none'}"])

    def clear(self) -> None:
        """Forgets what was logged so far: what filled the tables, say."""
        self.statements.clear()
        self.writes.clear()

    def sent(self, cursor: sqlite3.Cursor, sql: str, parameters: Any, via: str) -> None:
        """A statement as the code wrote it; nothing can be bound in a script."""
        bound = None if via == "executescript" else parameters
        self.statements.append(Statement(sql, bound, via, own_line(sys._getframe(1))))

    def traced(self, connection: sqlite3.Connection, sql: str, via: str) -> None:
        """A statement that no watched cursor sent is known from the trace alone."""
        if not via:
            self.statements.append(Statement(sql, None, "trace", own_line(sys._getframe(1))))

    def asked(self, connection: sqlite3.Connection, action: int, first: Any, database: Any) -> None:
        """A kind of write, listed once."""
        write = f"{_WRITES.get(action)} {database}.{first}"
        if action in _WRITES and not str(first).startswith("sqlite_") and write not in self.writes:
            self.writes.append(write)


class WatchedConnection(Connection):
    """A real connection that logs what it was asked to run; the code under review sees no difference."""

    own_attributes = Connection.own_attributes | {"log"}

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        self.log = Log()
        if len(arguments) > 6:
            arguments = (*arguments[:6], 0, *arguments[7:])
        else:
            keywords["cached_statements"] = 0  # so each statement is prepared, and asks to write, each time
        super().__init__(*arguments, **keywords)

    def own_ears(self, event: str) -> tuple[Callable[..., None], ...]:
        """The methods of its log."""
        return ears_of((self.log,), event)


@contextmanager
def watch_statements() -> Iterator[Log]:
    """One log for every sqlite3 connection: those that are opened inside the block, and those that were open before."""
    log = Log()
    with listening(log):
        yield log

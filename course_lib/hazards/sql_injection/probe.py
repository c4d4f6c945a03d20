"""Calls a submission on a real SQLite database and reports, call by call, what came back and what reached the database.

Each call has a database of its own, a copy of the same rows, unless the case says `shared`. Reported beside the
outcome: the statements as the code wrote them, those in which the case's mark stands outside every literal, what was
written, what differs afterwards, and whether the connection is still open. Which answer is right, it doesn't know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.hazards.attempt import attempt
from course_lib.hazards.families import changed
from course_lib.hazards.settling import settled
from course_lib.instruments.injection.database_content import changes, content
from course_lib.instruments.injection.statements import Log
from course_lib.instruments.injection.trials import let_loose, spliced
from course_lib.instruments.seams.sqlite import Connection, Listener, begin, unheard
from course_lib.testbeds.orders import open_orders

LONGEST_STATEMENT, MOST_STATEMENTS = 600, 20
SHOP_FILE = "shop.sqlite3"
_close = sqlite3.Connection.close
_backup = sqlite3.Connection.backup
_serialize = sqlite3.Connection.serialize
_Cursor = sqlite3.Cursor
_insert = "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)"


class _Recorder(Listener):
    """Hears the connection of the call that is being measured, and no other; out of the submission's reach."""

    def __init__(self) -> None:
        self.connection: object = None
        self.log = Log()

    def record(self, connection: object) -> Log:
        """A new log for what happens on the connection from now on."""
        self.connection, self.log = connection, Log()
        return self.log

    def sent(self, cursor: sqlite3.Cursor, sql: str, parameters: Any, via: str) -> None:
        if cursor.connection is self.connection:
            self.log.sent(cursor, sql, parameters, via)

    def traced(self, connection: sqlite3.Connection, sql: str, via: str) -> None:
        if connection is self.connection:
            self.log.traced(connection, sql, via)

    def asked(self, connection: sqlite3.Connection, action: int, first: Any, database: Any) -> None:
        if connection is self.connection:
            self.log.asked(connection, action, first, database)


_recorder = _Recorder()
_begun: list[bool] = []
_folder: list[Path] = []


def preload() -> None:
    """Listens for the rest of the process, in which no connection is open yet."""
    begin(_recorder, look_back=False)
    _begun.append(True)


def before_load(_task: str) -> None:
    if not _begun:
        preload()


def observe_calls(subject: Callable[..., Any], case: dict[str, Any]) -> dict[str, Any]:
    """`{"calls": […]}`: one report a call of the case, in order.

    The case: `orders`, rows to begin with; `mark`; `calls`, each with `args`, `keywords` and perhaps `insert`, rows
    that are added first; `shared`, whether all calls use one connection, `elsewhere`, whether rows are added over
    another, and `alone`, whether the table of orders is the only one. On a shared one a call that no rows come before
    has the same one before it, whose answer the caller has changed: no answer is made of a former one.
    """
    if not _folder:
        _folder.append(Path.cwd())  # a submission may go elsewhere
    template: sqlite3.Connection = open_orders(case["orders"])
    if case.get("alone"):
        template.execute("DROP TABLE customers")
    shared, other = _shared(template, case)
    before = _image_of(template)
    reports = []
    for call in case["calls"]:
        connection = shared or _copy(template)
        if "insert" in call:
            before = _insert_rows(connection, call["insert"], other) or before
        elif shared is not None:
            attempt(changed, attempt(subject, connection, *call["args"], **call["keywords"]).get("returned"))
        reports.append(_report(subject, call, case["mark"], connection, before))
        if shared is None:
            _close(connection)
    _close(shared or template)
    if other is not None:
        _close(other)
    return {"calls": reports}


def _shared(template: sqlite3.Connection, case: dict[str, Any]) -> tuple[Connection | None, Connection | None]:
    """The connection that all calls use, and the one over which rows are added meanwhile, where the case wants them."""
    if not case.get("elsewhere"):
        return (_copy(template) if case.get("shared") else None), None
    path = _folder[0] / SHOP_FILE
    path.write_bytes(_serialize(template))
    other = Connection(path, timeout=0.1)
    other.execute("PRAGMA synchronous = OFF")
    return Connection(path, cached_statements=0), other


def _copy(template: sqlite3.Connection) -> Connection:
    connection = Connection(":memory:", cached_statements=0)  # each statement is prepared, and asks to write, each time
    _backup(template, connection)
    return connection


def _image_of(template: sqlite3.Connection) -> bytes:
    """All pages of a copy, byte for byte, as every copy has them to begin with."""
    copy = _copy(template)
    try:
        return _serialize(copy)
    finally:
        _close(copy)


def _report(
    subject: Callable[..., Any], call: dict[str, Any], mark: str, connection: Connection, before: bytes
) -> dict[str, Any]:
    log = _recorder.record(connection)
    outcome, _ = settled(subject, connection, *call["args"], **call["keywords"])
    is_open, differs = _afterwards(connection, before)
    return {
        "outcome": outcome,
        "statements": [statement.text[:LONGEST_STATEMENT] for statement in log.statements[:MOST_STATEMENTS]],
        "loose": [statement.text[:LONGEST_STATEMENT] for statement in let_loose(log.statements, mark)[:1]],
        "spliced": len(spliced(log.statements, mark)),
        "writes": list(log.writes),
        "open": is_open,
        "changes": differs,
    }


def _insert_rows(connection: Connection, rows: list[Any], other: Connection | None) -> bytes | None:
    """The database's image with the rows added; None where the submission has left the connection unusable.

    They go over the other connection, where there is one and the submission has not locked the database against it.
    """
    try:
        if other is None or not _inserted(other, rows):
            _inserted(connection, rows)
        return _serialize(connection)
    except sqlite3.Error:
        return None


def _inserted(connection: Connection, rows: list[Any]) -> bool:
    try:
        with unheard(connection):  # a submission may have locked the connection against writing
            connection.execute("PRAGMA query_only = OFF")
            connection.executemany(_insert, rows)
            connection.commit()
        return True
    except sqlite3.OperationalError:
        connection.rollback()
        return False


def _afterwards(connection: Connection, before: bytes) -> tuple[bool, list[str]]:
    """Whether the connection is still open, and what its database holds that it did not hold before."""
    try:
        with unheard(connection):
            attached = _Cursor(connection).execute("PRAGMA database_list").fetchall()
            image = _serialize(connection)
        if len(attached) == 1 and image == before:  # the same to the byte, and nothing beside it
            return True, []
        return True, changes(_content_of(before), content(connection))
    except sqlite3.ProgrammingError:
        return False, []
    except sqlite3.Error as error:
        return True, [f"the database can't be read any more ({error})"]


def _content_of(image: bytes) -> Any:
    connection = Connection(":memory:")
    try:
        connection.deserialize(image)
        return content(connection)
    finally:
        _close(connection)


def _spliced_by_status(connection: sqlite3.Connection, user_id: Any, status: Any = None) -> list[Any]:
    where = f"user_id = {user_id} AND status = '{status}'"
    return connection.execute(f"SELECT id, user_id, status, total FROM orders WHERE {where}").fetchall()


def _bound_by_status(connection: sqlite3.Connection, user_id: Any, status: Any = None) -> list[Any]:
    query = "SELECT id, user_id, status, total FROM orders WHERE user_id = ? AND status = ?"
    return connection.execute(query, (user_id, status)).fetchall()


def _spliced_by_text(connection: sqlite3.Connection, text: str) -> list[Any]:
    return connection.execute(f"SELECT id FROM orders WHERE note LIKE '%{text}%'").fetchall()


def _bound_by_text(connection: sqlite3.Connection, text: str) -> list[Any]:
    return connection.execute("SELECT id FROM orders WHERE instr(note, ?)", (text,)).fetchall()


PROBES: dict[str, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    "get_user_orders": observe_calls,
    "search_orders": observe_calls,
}
CONTROLS: dict[str, tuple[Any, Any]] = {
    "get_user_orders": (_spliced_by_status, _bound_by_status),
    "search_orders": (_spliced_by_text, _bound_by_text),
}

"""Calls a submission on a real SQLite database and reports, call by call, what came back and what reached the database.

Each call has a database of its own, a copy of the same rows, unless the case says `shared`. Reported beside the
outcome: the statements as the code wrote them, those in which the case's mark stands outside every literal, what was
written, what differs afterwards, and whether the connection is still open. Which answer is right, it doesn't know.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from course_lib.hazards.settling import settled
from course_lib.instruments.injection.database_content import Content, changes, content
from course_lib.instruments.injection.statements import Log, WatchedConnection
from course_lib.instruments.injection.trials import let_loose, spliced
from course_lib.instruments.seams.sqlite import unheard
from course_lib.testbeds.orders import open_orders

LONGEST_STATEMENT, MOST_STATEMENTS = 600, 20
_close = sqlite3.Connection.close
_backup = sqlite3.Connection.backup
_insert = "INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?)"


def observe_calls(subject: Callable[..., Any], case: dict[str, Any]) -> dict[str, Any]:
    """`{"calls": […]}`: one report a call of the case, in order.

    The case: `orders`, rows to begin with; `mark`; `calls`, each with `args`, `keywords` and perhaps `insert`, rows
    that are added first; `shared`, whether all calls use one connection.
    """
    template: sqlite3.Connection = open_orders(case["orders"])
    before = content(template)
    shared = _copy(template) if case.get("shared") else None
    reports = []
    for call in case["calls"]:
        connection = shared or _copy(template)
        reports.append(_report(subject, call, case["mark"], connection, before))
        if shared is None:
            _close(connection)
    _close(shared or template)
    return {"calls": reports}


def _copy(template: sqlite3.Connection) -> WatchedConnection:
    connection = WatchedConnection(":memory:")
    _backup(template, connection)
    return connection


def _report(
    subject: Callable[..., Any], call: dict[str, Any], mark: str, connection: WatchedConnection, before: Content
) -> dict[str, Any]:
    if "insert" in call:
        before = _insert_rows(connection, call["insert"]) or before
    connection.log = log = Log()
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


def _insert_rows(connection: WatchedConnection, rows: list[Any]) -> Content | None:
    """The content with the rows added; None where the submission has left the connection unusable."""
    try:
        with unheard(connection):  # a submission may have locked the connection against writing
            connection.execute("PRAGMA query_only = OFF")
            connection.executemany(_insert, rows)
            connection.commit()
        return content(connection)
    except sqlite3.Error:
        return None


def _afterwards(connection: WatchedConnection, before: Content) -> tuple[bool, list[str]]:
    """Whether the connection is still open, and what its database holds that it did not hold before."""
    try:
        return True, changes(before, content(connection))
    except sqlite3.ProgrammingError:
        return False, []
    except sqlite3.Error as error:
        return True, [f"the database can't be read any more ({error})"]


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

"""Judges values that are to act as SQL: the structure of the statement that arrived, beside that of harmless values.

A value that the function refuses before a statement is run has not broken it. What it can't see: power inside a value,
as in LIKE.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from course_lib.instruments.injection.statements import WatchedConnection
from course_lib.instruments.injection.trials import Trial, try_values
from course_lib.instruments.sql_structure import structure
from course_lib.widgets.attacked import Attacked, Told, attacked

PLAIN = {"user_id": 7, "status": "paid"}


def breaks(function: Callable[..., Any], open_connection: Callable[[], WatchedConnection], **values: Any) -> Attacked:
    """Whether the values given change the structure of the statement, or what is in the database."""
    if not values or not set(values) <= set(PLAIN):
        return Attacked(Told(None, f"the attack is a value for {' or '.join(PLAIN)}, or for both."))
    return attacked(lambda: _judged(function, open_connection, values))


def _judged(function: Callable[..., Any], open_connection: Callable[[], WatchedConnection], values: Any) -> Told:
    plain = try_values(function, open_connection, PLAIN)
    tried = try_values(function, open_connection, {**PLAIN, **values})
    if not tried.statements:
        return Told(False, f"no statement reached the database{'; ' + tried.raised if tried.raised else ''}.")
    changed = tuple(map(structure, _texts(tried))) != tuple(map(structure, _texts(plain)))
    came = tried.raised or f"rows that came back: {len(tried.rows)}, for the plain values: {len(plain.rows)}"
    lost = "".join(f"; {one}" for one in tried.written)
    told = "the value changed what the statement says" if changed else "the statement says the same as before"
    return Told(changed or bool(tried.written), f"{told}; {came}{lost}.", "\n".join(_texts(tried)))


def _texts(trial: Trial) -> list[str]:
    return [statement.text for statement in trial.statements]

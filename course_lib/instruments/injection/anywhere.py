"""Attack x one value, on code that opens its own connections: a view, a command, a repository object.

    reading = measure_values(lambda text: client.get("/search", query_string={"q": text}), plain="tea")
    print(reading)
    assert reading.holds

Every sqlite3 connection of the process is watched while the call runs with each attack, and the outcome is told by the
statements, as in `trials`. All attacks go to one database, one after the other: give it one that may be spoilt.

A connection that was open before shows no statement that SQLite refused to run. There, an error of SQLite's that it
can't read the statement tells that the value changed it, unless a harmless word brings the same error. Beside
`every_attack` there are attacks around the plain value that SQLite does run where it stands in a quoted name.

What it can't see, beside what `trials` can't: rows that an attack changed; other drivers than sqlite3; a value that
reaches the database in other words (encoded, hashed, in capitals), where it says that nothing was measured; and on a
connection that was open before, a name in quotes in a place where each attack is refused and the code keeps the error.
"""

from __future__ import annotations

import inspect
import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from course_lib.instruments.injection.statements import Log, Statement
from course_lib.instruments.injection.trials import (
    MARK,
    InjectionReading,
    Shot,
    Trial,
    come_to_an_end,
    name_attacks,
    number_attacks,
    outcome_of,
    quoted_name_attacks,
    text_attacks,
)
from course_lib.instruments.seams.sqlite import listening

_CANT_BE_READ = re.compile(r'near ".*": syntax error|unrecognized token: .*|incomplete input', re.DOTALL)


def every_attack(mark: str = MARK) -> dict[str, str]:
    """The attacks on texts, on numbers and on names of columns, by name of the trick."""
    kinds = {"text": text_attacks(mark), "number": number_attacks(mark), "name": name_attacks(mark)}
    return {f"{trick}, as {kind}": value for kind, tricks in kinds.items() for trick, value in tricks.items()}


def measure_values(
    call: Callable[[Any], Any], plain: object, attacks: Mapping[str, str] | None = None, mark: str = MARK
) -> InjectionReading:
    """What `call(value)` does with each attack in place of `plain`, a harmless value; by default with every attack.

    Every attack is those of `every_attack` and of `quoted_name_attacks`. The plain call comes first: where it raises,
    or no statement holds its value, an attack would prove nothing.
    """
    log = Log()
    with listening(log):
        first, _ = _tried(call, plain, log, mark)
        if unmeasured := _why_unmeasured(first, plain):
            return InjectionReading((), unmeasured)
        _, no_news = _tried(call, mark, log, mark)
        tricks = every_attack(mark) | quoted_name_attacks(str(plain), mark) if attacks is None else attacks
        shots = [Shot("value", trick, _shot(call, value, log, mark, no_news)) for trick, value in tricks.items()]
    return InjectionReading(tuple(shots))


def _shot(call: Callable[[Any], Any], value: object, log: Log, mark: str, no_news: str) -> Trial:
    """The attack's trial; `no_news` is what SQLite couldn't read under a harmless word, so that it tells nothing."""
    trial, unread = _tried(call, value, log, mark)
    return replace(trial, outcome="broke") if unread not in ("", no_news) else trial


def _tried(call: Callable[[Any], Any], value: object, log: Log, mark: str) -> tuple[Trial, str]:
    """The trial, and SQLite's own words where it couldn't read a statement that nobody else saw."""
    log.clear()
    returned, raised, unread = None, "", ""
    try:
        returned = come_to_an_end(call(value))
    except Exception as error:
        raised = f"{type(error).__name__}: {error}"
        unread = _unread(error)
    statements = tuple(log)
    outcome = outcome_of(statements, [], bool(raised), mark) if mark in str(value) else ""
    if outcome not in ("data", "refused") or any(_was_seen(one, mark) for one in statements):
        unread = ""
    return Trial({"value": value}, outcome, statements, returned, raised, ()), unread


def _was_seen(statement: Statement, mark: str) -> bool:
    """Whether the value is known to have arrived, or its connection shows what it was asked to run, refused or not."""
    return statement.via != "trace" or _holds(statement, mark)


def _unread(error: BaseException | None) -> str:
    """What SQLite said that it couldn't read, if the exception comes of that; never what the code itself raised."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        refused = isinstance(error, sqlite3.OperationalError) and hasattr(error, "sqlite_errorcode")
        if refused and _CANT_BE_READ.fullmatch(str(error)):
            return str(error)
        chain.append(error)
        error = error.__cause__ or error.__context__
    return ""


def _why_unmeasured(trial: Trial, plain: object) -> str:
    if trial.raised:
        return f"the plain call raised {trial.raised}"
    if inspect.isawaitable(trial.returned) or inspect.isasyncgen(trial.returned):
        kind = type(trial.returned).__name__
        return f"the plain call gave an object of type {kind}, which nobody awaited: hand in a function that does"
    if not trial.statements:
        return "the plain call sent no statement to a sqlite3 database"
    if not any(_holds(statement, plain) for statement in trial.statements):
        return f"no statement of the plain call holds its value, {plain!r}, so an attack in its place proves nothing"
    return ""


def _holds(statement: Statement, value: object) -> bool:
    """Whether the value stands in the statement's text or in what was bound, whatever stands around it."""
    return str(value).casefold() in f"{statement.text} {statement.parameters!r}".casefold()

"""Attack x one value, on code that opens its own connections: a view, a command, a repository object.

    reading = measure_values(lambda text: client.get("/search", query_string={"q": text}), plain="tea")
    print(reading)
    assert reading.holds

Every sqlite3 connection of the process is watched while the call runs with each attack, and the outcome is told by the
statements alone, as in `trials`. All attacks go to one database, one after the other: give it one that may be spoilt.

What it can't see, beside what `trials` can't: rows that an attack changed; other drivers than sqlite3; and a value that
reaches the database in other words (encoded, hashed, in capitals), where it says that nothing was measured.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
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
    text_attacks,
)
from course_lib.instruments.seams.sqlite import listening


def every_attack(mark: str = MARK) -> dict[str, str]:
    """The attacks on texts, on numbers and on names of columns, by name of the trick."""
    kinds = {"text": text_attacks(mark), "number": number_attacks(mark), "name": name_attacks(mark)}
    return {f"{trick}, as {kind}": value for kind, tricks in kinds.items() for trick, value in tricks.items()}


def measure_values(
    call: Callable[[Any], Any], plain: object, attacks: Mapping[str, str] | None = None, mark: str = MARK
) -> InjectionReading:
    """What `call(value)` does with each attack in place of `plain`, a harmless value; by default with every attack.

    The plain call comes first: where it raises, or no statement holds its value, an attack would prove nothing.
    """
    log = Log()
    with listening(log):
        first = _tried(call, plain, log, mark)
        if unmeasured := _why_unmeasured(first, plain):
            return InjectionReading((), unmeasured)
        tricks = every_attack(mark) if attacks is None else attacks
        shots = [Shot("value", trick, _tried(call, value, log, mark)) for trick, value in tricks.items()]
    return InjectionReading(tuple(shots))


def _tried(call: Callable[[Any], Any], value: object, log: Log, mark: str) -> Trial:
    log.clear()
    returned, raised = None, ""
    try:
        returned = come_to_an_end(call(value))
    except Exception as error:
        raised = f"{type(error).__name__}: {error}"
    statements = tuple(log)
    outcome = outcome_of(statements, [], bool(raised), mark) if mark in str(value) else ""
    return Trial({"value": value}, outcome, statements, returned, raised, ())


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

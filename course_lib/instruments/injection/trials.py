"""Attack x argument: which values act as SQL instead of staying data, on anybody's code.

    reading = measure_injection(
        find_orders,                                  # called as find_orders(connection, **arguments)
        open_shop,                                    # gives a fresh connection of class WatchedConnection
        plain={"user_id": 7, "status": "paid"},       # arguments that are harmless
        attacks={"user_id": number_attacks(), "status": text_attacks()},
    )
    print(reading)                                    # the matrix, one outcome a cell
    assert reading.holds

One argument at a time is replaced by an attack and the code is called on a fresh database. Every attack carries
a mark, a word that occurs nowhere else, in a place where it stands outside every literal as soon as the value
breaks out. So the outcome is a fact about the statement and needs no list of expected rows: the mark stands
outside the literals, or it does not.

What it can't see: a value that is encoded or hashed before it is spliced in, one that is stored first and spliced
in later, and one that acts in a language inside a literal, such as `%` in a LIKE pattern.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from course_lib.instruments.injection.database_content import changes, content
from course_lib.instruments.injection.statements import Log, Statement, WatchedConnection
from course_lib.instruments.sql_structure import outside_values, tokens
from course_lib.reading import table

MARK = "zq7mark"
MOST_STEPS = 20_000_000

_TEXT = {
    "lone quote": "x' MARK",
    "always true": "x' OR 1=1 -- MARK",
    "always true, balanced": "x' OR 1=1 /* MARK */ OR 'a'='b",
    "cut off": "paid' -- MARK",
    "union": "x' UNION SELECT user_id, user_id, card, 0 FROM customers -- MARK",
    "stacked": "x'; DELETE FROM orders; -- MARK",
    "subquery": "x' || (SELECT card FROM customers LIMIT 1) /* MARK */ || '",
    "error": "x' AND MARK(1) AND '1'='1",
    "in parentheses": "x') OR 1=1 -- MARK",
    "double quote": 'x" OR 1=1 -- MARK',
    "backslash": "x\\' OR 1=1 -- MARK",
    "doubled quote": "x'' OR 1=1 -- MARK",
    "no blanks": "x'/**/oR/**/1=1--MARK",
    "backtick": "x` OR 1=1 -- MARK",
    "bracket": "x] OR 1=1 -- MARK",
}
_NUMBER = {
    "always true": "0 OR 1=1 -- MARK",
    "always true, balanced": "0 OR 1=1 /* MARK */",
    "cut off": "0 -- MARK",
    "union": "0 UNION SELECT user_id, user_id, card, 0 FROM customers -- MARK",
    "stacked": "0; DELETE FROM orders; -- MARK",
    "subquery": "(SELECT min(user_id) FROM customers) /* MARK */",
    "error": "0 MARK",
    "in parentheses": "0) OR 1=1 -- MARK",
    "lone quote": "0' OR 1=1 -- MARK",
}
_NAME = {
    "another column": "note /* MARK */",
    "second column": "id, MARK",
    "cut off": "id -- MARK",
    "stacked": "id; DELETE FROM orders; -- MARK",
    "subquery": "(SELECT card FROM customers LIMIT 1) /* MARK */",
    "yes or no question": "CASE WHEN (SELECT count(*) FROM customers) > 9 THEN id ELSE -id END /* MARK */",
    "limit": "id LIMIT 1 -- MARK",
    "lone quote": "id' -- MARK",
    "double quote": 'id" -- MARK',
    "backtick": "id` -- MARK",
    "bracket": "id] -- MARK",
}
_QUOTED_NAME = {
    "label": "PLAIN{right}, 1 /* MARK */ AS {left}PLAIN",
    "column": "PLAIN{right} /* MARK */ = {left}PLAIN",
    "table": "PLAIN{right} /* MARK */ AS {left}PLAIN",
}
_QUOTES = {"double quote": ('"', '"'), "backtick": ("`", "`"), "bracket": ("[", "]")}


def text_attacks(mark: str = MARK) -> dict[str, str]:
    """Values for a text argument, by name of the trick: each breaks out of one way to quote."""
    return {name: value.replace("MARK", mark) for name, value in _TEXT.items()}


def number_attacks(mark: str = MARK) -> dict[str, str]:
    """Values for a number: no quote is needed to break out where the code adds none."""
    return {name: value.replace("MARK", mark) for name, value in _NUMBER.items()}


def name_attacks(mark: str = MARK) -> dict[str, str]:
    """Values for the name of a column: where a placeholder can't stand, code splices."""
    return {name: value.replace("MARK", mark) for name, value in _NAME.items()}


def quoted_name_attacks(plain: str, mark: str = MARK) -> dict[str, str]:
    """Values for a name in quotes that close and open them again around `plain`, a name that there is: SQLite runs it.

    A name that holds the quote itself has no such attack.
    """
    return {
        f"{trick} and {quote}": value.format(left=left, right=right).replace("MARK", mark).replace("PLAIN", plain)
        for quote, (left, right) in _QUOTES.items()
        for trick, value in _QUOTED_NAME.items()
        if right not in plain
    }


def let_loose(statements: Iterable[Statement], mark: str = MARK) -> list[Statement]:
    """The statements in which the mark stands outside every literal: there the value acted as SQL."""
    marked = (statement for statement in statements if mark in statement.text.casefold())
    return [statement for statement in marked if mark in outside_values(statement.text).casefold()]


def naming(statements: Iterable[Statement], mark: str = MARK) -> list[Statement]:
    """The statements in which the mark stands inside a quoted name: there the value chooses a column or a label."""
    quoted = (statement for statement in statements if mark in statement.text.casefold())
    return [one for one in quoted if any(mark in token.text.casefold() for token in tokens(one.text, "quoted"))]


def spliced(statements: Iterable[Statement], mark: str = MARK) -> list[Statement]:
    """The statements whose own text holds the mark, inside a literal or out; bound values are not in the text."""
    return [s for s in statements if s.via != "trace" and mark in s.text.casefold()]


@dataclass(frozen=True)
class Trial:
    """One call: its arguments, what arrived at the database, what came back.

    `outcome` is one word of OUTCOMES; empty where no argument carried the mark, so that nothing can be told from it.
    """

    arguments: Mapping[str, Any]
    outcome: str
    statements: tuple[Statement, ...]
    returned: Any
    raised: str
    written: tuple[str, ...]

    @property
    def rows(self) -> list[Any]:
        """The rows that came back; empty where none did."""
        return list(self.returned) if isinstance(self.returned, list | tuple) else []

    def __str__(self) -> str:
        lines = [f"{name} = {value!r}" for name, value in self.arguments.items()]
        lines += [str(statement) for statement in self.statements] or ["no statement reached the database"]
        came = self.raised or f"{len(self.rows)} row{'s' * (len(self.rows) != 1)} came back"
        told = [f"{self.outcome}: {OUTCOMES[self.outcome]}"] if self.outcome else []
        return "\n".join([*lines, came, *self.written, *told])


@dataclass(frozen=True)
class Shot:
    """One attack on one argument, and the trial that it was."""

    argument: str
    attack: str
    trial: Trial

    @property
    def outcome(self) -> str:
        """The trial's outcome in one word."""
        return self.trial.outcome


OUTCOMES = {
    "data": "the value was bound, or stayed inside a literal",
    "names": "the value stands in a quoted name: it chooses one, and could not get out",
    "refused": "no statement was run",
    "broke": "the value changed the statement, and SQLite refused to run it",
    "acted": "the value changed the statement, and it ran",
    "wrote": "the value changed the statement, and rows are gone or changed",
}


HARMLESS = frozenset({"data", "names", "refused"})


@dataclass(frozen=True)
class InjectionReading:
    """Every attack on every argument; `holds` where none acted, and something was measured.

    `unmeasured` says why nothing can be told: the plain call raised, or sent nothing over the connection it was given.
    """

    shots: tuple[Shot, ...]
    unmeasured: str = ""

    @property
    def holds(self) -> bool:
        """True where every value stayed data, chose a name or was refused; never where nothing was measured."""
        return not self.unmeasured and bool(self.shots) and all(shot.outcome in HARMLESS for shot in self.shots)

    def count(self, argument: str, *outcomes: str) -> int:
        """How many attacks on that argument ended in one of the outcomes."""
        return sum(shot.argument == argument and shot.outcome in outcomes for shot in self.shots)

    def table(self) -> tuple[list[str], list[str], list[list[str]]]:
        """Attacks (rows), arguments (columns) and outcomes in words; `-` where the attack was not tried."""
        rows = list(dict.fromkeys(shot.attack for shot in self.shots))
        columns = list(dict.fromkeys(shot.argument for shot in self.shots))
        found = {(shot.attack, shot.argument): shot.outcome for shot in self.shots}
        return rows, columns, [[found.get((row, column), "-") for column in columns] for row in rows]

    def __str__(self) -> str:
        if self.unmeasured:
            return f"unmeasured: {self.unmeasured}"
        rows, columns, cells = self.table()
        shown = table([["attack", *columns], *([row, *line] for row, line in zip(rows, cells, strict=True))])
        bad = sum(shot.outcome not in HARMLESS for shot in self.shots)
        return f"{shown}\n{bad} of {len(self.shots)} attacks changed a statement"


def measure_injection(
    call: Callable[..., Any],
    open_connection: Callable[[], WatchedConnection],
    plain: Mapping[str, Any],
    attacks: Mapping[str, Mapping[str, str]],
    mark: str = MARK,
) -> InjectionReading:
    """What the code does with each attack on each argument, every time on a fresh connection, closed afterwards.

    The plain call comes first: where it raises, or sends no statement, there is nothing to compare an attack with.
    """
    unmeasured = _why_unmeasured(try_values(call, open_connection, plain, mark), plain, attacks)
    if unmeasured:
        return InjectionReading((), unmeasured)
    shots = [
        Shot(argument, attack, try_values(call, open_connection, {**plain, argument: value}, mark))
        for argument, values in attacks.items()
        for attack, value in values.items()
    ]
    return InjectionReading(tuple(shots))


def _why_unmeasured(trial: Trial, plain: Mapping[str, Any], attacks: Mapping[str, Mapping[str, str]]) -> str:
    unknown = [name for name in attacks if name not in plain]
    if unknown:
        return f"the plain call has no argument {', '.join(unknown)}"
    if trial.raised:
        return f"the plain call raised {trial.raised}"
    if inspect.isawaitable(trial.returned) or inspect.isasyncgen(trial.returned):
        kind = type(trial.returned).__name__
        return f"the plain call gave an object of type {kind}, which nobody awaited: hand in a function that does"
    return "" if trial.statements else "the plain call sent no statement over the connection that it was given"


def try_values(
    call: Callable[..., Any],
    open_connection: Callable[[], WatchedConnection],
    arguments: Mapping[str, Any],
    mark: str = MARK,
) -> Trial:
    """One call on a fresh database; a statement that runs away is interrupted after 20 million steps."""
    connection = open_connection()
    steps = count(1)
    connection.set_progress_handler(lambda: next(steps) > MOST_STEPS // 10_000, 10_000)
    returned, raised = None, ""
    try:
        before, connection.log = content(connection), Log()
        try:
            returned = come_to_an_end(call(connection, **arguments))
        except Exception as error:
            raised = f"{type(error).__name__}: {error}"
        statements = tuple(connection.log)
        connection.set_progress_handler(None, 0)
        written = changes(before, content(connection))
    finally:
        connection.close()
    marked = any(mark in str(value) for value in arguments.values())
    outcome = outcome_of(statements, written, bool(raised), mark) if marked else ""
    return Trial(dict(arguments), outcome, statements, returned, raised, tuple(written))


def come_to_an_end(returned: Any) -> Any:
    """What was returned; the rows of a generator as a list, so that its body has run, a coroutine unrun and closed."""
    if inspect.isgenerator(returned):
        return list(returned)
    if inspect.iscoroutine(returned):
        returned.close()
    return returned


def outcome_of(statements: Sequence[Statement], written: list[str], failed: bool, mark: str) -> str:
    """The one word of OUTCOMES for a call that was given an attack: what it sent, what it wrote, whether it raised."""
    loose = let_loose(statements, mark)
    if failed and spliced(loose or _unreadable(statements), mark):
        return "broke"
    if loose:
        return "wrote" if written else "acted"
    if naming(statements, mark):
        return "names"
    return "data" if statements else "refused"


def _unreadable(statements: Iterable[Statement]) -> list[Statement]:
    """The statements that SQLite can't cut into tokens."""
    return [statement for statement in statements if tokens(statement.text, "broken")]

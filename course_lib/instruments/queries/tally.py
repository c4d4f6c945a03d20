"""The books: what a reading holds, and how what happens on a connection is written into every open reading."""

from __future__ import annotations

import sys
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from course_lib.instruments.own_line import Place, own_line
from course_lib.instruments.queries.fingerprints import abridged, fingerprint, is_control, same_statement
from course_lib.instruments.seams.sqlite import out_of_reach

NOTHING_SEEN = "unmeasured: no statement reached a database that this can see"

_OPEN: list[QueryReading] = []
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Statement:
    """One statement as the driver was given it, and the line of your own source that it comes from."""

    sql: str
    place: Place


@dataclass(frozen=True)
class Repeated:
    """The statement that was sent most often: its text with every value as `?`, how often, and from where.

    `where` is `file.py:12`, empty where no line of the reader's own sent it.
    """

    statement: str
    count: int
    function: str
    line: int
    source: str
    where: str = ""

    def __str__(self) -> str:
        place = f"{self.function}, line {self.line}: {self.source}" if self.line else "code outside your own files"
        return f"{self.count:,} of them are one statement: {abridged(self.statement)}\n  issued by {place}"


class QueryReading:
    """Statements sent and rows received while it was open; prints as text, and may be read while it grows."""

    def __init__(
        self,
        on_statement: Callable[[QueryReading], None] | None = None,
        own_file: Callable[[str], bool] | None = None,
    ) -> None:
        self.statements: list[Statement] = []
        self.received = 0
        self.handed: Counter[str] = Counter()
        """How often a statement of sqlite3 called each function, aggregate or collation that is written in Python."""
        self.bytes = 0
        """What the rows and those calls held: texts in UTF-8, eight for a number or NULL; psycopg's are unknown."""
        self.unaccounted: list[str] = []
        """In words, what reached the database although no counting cursor sent it: its rows are unknown."""
        self._on_statement = on_statement
        self._own_file = own_file
        self._heard = 0

    @property
    def queries(self) -> int:
        """How many statements were sent."""
        return len(self.statements)

    @property
    def rows(self) -> int:
        """How many rows came back, or were handed one by one to a function in Python, whichever is more."""
        return max(self.received, *self.handed.values(), 0)

    @property
    def unmeasured(self) -> str:
        """Why nothing can be told from this reading; empty where a statement was seen, if only to set up."""
        if self._heard:
            return ""
        hidden = out_of_reach()
        others = f" ({hidden} connections of other threads were open before)" if hidden else ""
        return NOTHING_SEEN + others

    @property
    def repeated(self) -> Repeated | None:
        """The statement that was sent most often, or None where none was sent twice."""
        kinds = [same_statement(statement.sql) for statement in self.statements]
        [(most, count)] = Counter(kinds).most_common(1) or [("", 0)]
        if count < 2:
            return None
        alike = [statement for statement, kind in zip(self.statements, kinds, strict=True) if kind == most]
        [(place, _)] = Counter(statement.place for statement in alike).most_common(1)
        line = place.line if place.own else 0
        where = place.where if place.own else ""
        return Repeated(fingerprint(alike[0].sql), count, place.function, line, place.source, where)

    def reset(self) -> None:
        """Starts again at zero, so that what was sent to arrange a test does not count."""
        with _LOCK:
            self.statements.clear()
            self.unaccounted.clear()
            self.handed.clear()
            self.received = self.bytes = 0

    def __str__(self) -> str:
        head = f"{_amount(self.queries, 'query', 'queries')}, {_amount(self.rows, 'row', 'rows')}"
        lines = [head, *([str(self.repeated)] if self.repeated else [])]
        if self.unaccounted:
            reasons = "; ".join(dict.fromkeys(self.unaccounted))
            lines.append(f"rows are unknown for {len(self.unaccounted):,} of them: {reasons}")
        return "\n".join([*lines, *filter(None, [self.unmeasured])])

    __repr__ = __str__

    def _note(self, sql: str, frame: FrameType | None) -> None:
        """One statement that counts, or "" for one that was only heard."""
        self._heard += 1
        if not sql:
            return
        self.statements.append(Statement(sql, own_line(frame, self._own_file)))
        if self._on_statement:
            self._on_statement(self)


def _amount(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def open_reading(
    on_statement: Callable[[QueryReading], None] | None, own_file: Callable[[str], bool] | None
) -> QueryReading:
    """A reading that is written to from now on."""
    reading = QueryReading(on_statement, own_file)
    with _LOCK:
        _OPEN.append(reading)
    return reading


def close_reading(reading: QueryReading) -> None:
    """Ends the writing; the reading keeps what it has."""
    with _LOCK:
        _OPEN[:] = [other for other in _OPEN if other is not reading]


def note_statement(sql: str) -> bool:
    """Writes one statement into every open reading and says True, unless it is transaction control or set-up."""
    counts = not is_control(sql)
    frame = sys._getframe(1)
    for reading in tuple(_OPEN):
        reading._note(sql if counts else "", frame)
    return counts


def note_rows(number: int, size: int = 0) -> None:
    """Writes rows that came back, and what they held in bytes, into every open reading."""
    with _LOCK:
        for reading in _OPEN:
            reading.received += number
            reading.bytes += size


def note_handed(function: str, size: int) -> None:
    """Writes one call of a function in Python by a statement, and what it was given, into every open reading."""
    with _LOCK:
        for reading in _OPEN:
            reading.handed[function] += 1
            reading.bytes += size


def note_unaccounted(sql: str, how: str) -> None:
    """Writes down what reached the database without a counting cursor: it counts, its rows can't."""
    if note_statement(sql):
        for reading in tuple(_OPEN):
            reading.unaccounted.append(how)

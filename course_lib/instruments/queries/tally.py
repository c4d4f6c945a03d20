"""The books: what a reading holds, how a statement is classified and put down to a line of source."""

from __future__ import annotations

import linecache
import re
import sys
import sysconfig
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType

_COMMENT = re.compile(r"\s*(?:--[^\n]*(?:\n|$)|/\*.*?\*/)", re.DOTALL)
_CONTROL = re.compile(
    r"\s*(?:(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|START\s+TRANSACTION|PRAGMA|SET|SHOW)\b"
    r"|SELECT\s+sqlite_(?:version|compileoption_used)\s*\([^()]*\)\s*;?\s*$)",  # Django asks once a connection
    re.IGNORECASE,
)
_VARIABLE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\b\d+(?:\.\d+)?\b|%s|%\(\w+\)s|\$\d+|(?<!:):\w+""")
_LIST = re.compile(r"\(\s*\?(?:\s*,\s*\?)*\s*\)(?:\s*,\s*\(\s*\?(?:\s*,\s*\?)*\s*\))*")
_INNER = re.compile(r"(?:(?:\.<locals>\.|^)<(?:listcomp|setcomp|dictcomp|genexpr|lambda)>)+$")
_OPEN: list[QueryReading] = []
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Statement:
    """One statement as the driver was given it, and the line of your own source that it comes from."""

    sql: str
    function: str
    file: str
    line: int


@dataclass(frozen=True)
class Repeated:
    """The statement that was sent most often: its text with every value as `?`, how often, and from where."""

    statement: str
    count: int
    function: str
    line: int
    source: str

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
        self.rows = 0
        self.unaccounted: list[str] = []
        """In words, what reached the database although no counting cursor sent it: its rows are unknown."""
        self._on_statement = on_statement
        self._own_file = own_file or is_own_file

    @property
    def queries(self) -> int:
        """How many statements were sent."""
        return len(self.statements)

    @property
    def repeated(self) -> Repeated | None:
        """The statement that was sent most often, or None where none was sent twice."""
        prints = [fingerprint(statement.sql) for statement in self.statements]
        [(most, count)] = Counter(prints).most_common(1) or [("", 0)]
        if count < 2:
            return None
        places = Counter(
            (s.function, s.file, s.line) for s, p in zip(self.statements, prints, strict=True) if p == most
        )
        [((function, file, line), _)] = places.most_common(1)
        return Repeated(most, count, function, line, linecache.getline(file, line).strip())

    def __str__(self) -> str:
        head = f"{_amount(self.queries, 'query', 'queries')}, {_amount(self.rows, 'row', 'rows')}"
        lines = [head, *([str(self.repeated)] if self.repeated else [])]
        if self.unaccounted:
            lines.append(f"{len(self.unaccounted)} more went past the counting cursor; their rows are unknown")
        return "\n".join(lines)

    __repr__ = __str__

    def _note(self, sql: str, frame: FrameType | None) -> None:
        while frame and not self._own_file(frame.f_code.co_filename):
            frame = frame.f_back
        self.statements.append(Statement(sql, *_place(frame)))
        if self._on_statement:
            self._on_statement(self)


def _place(frame: FrameType | None) -> tuple[str, str, int]:
    if frame is None:
        return "", "", 0
    # Before Python 3.12 a comprehension is a function of its own; a reader thinks of the one around it.
    function = _INNER.sub("", frame.f_code.co_qualname) or "<module>"
    return function, frame.f_code.co_filename, frame.f_lineno


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
    if is_control(sql):
        return False
    frame = sys._getframe(1)
    for reading in tuple(_OPEN):
        reading._note(sql, frame)
    return True


def note_rows(number: int) -> None:
    """Writes rows that came back into every open reading."""
    with _LOCK:
        for reading in _OPEN:
            reading.rows += number


def note_unaccounted(sql: str, how: str) -> None:
    """Writes down what reached the database without a counting cursor: it counts, its rows can't."""
    if note_statement(sql):
        for reading in tuple(_OPEN):
            reading.unaccounted.append(how)


def is_control(sql: str) -> bool:
    """True for one statement of transaction control or connection set-up; comments before it don't matter."""
    while comment := _COMMENT.match(sql):
        sql = sql[comment.end() :]
    return bool(_CONTROL.match(sql)) and ";" not in sql.rstrip("; \t\r\n")


def fingerprint(sql: str) -> str:
    """The statement with one blank between words, every value as `?` and every list of values as `(…)`."""
    plain = _VARIABLE.sub(lambda found: found[0] if found[0][0] == '"' else "?", " ".join(sql.split()))
    return _LIST.sub("(…)", plain)


def abridged(statement: str, width: int = 110) -> str:
    """The statement for a line of text: its list of columns left out, cut where it is still too long."""
    short = re.sub(r"^SELECT (?:(?! FROM ).){24,}? FROM ", "SELECT … FROM ", statement)
    return short if len(short) <= width else short[: width - 2] + " …"


@cache
def _foreign_folders() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    return (*{paths[name] for name in names}, str(Path(__file__).parent))


@cache
def is_own_file(filename: str) -> bool:
    """True for source that is not the standard library's, an installed package's, or this module's."""
    return not filename.startswith(("<frozen", *_foreign_folders()))

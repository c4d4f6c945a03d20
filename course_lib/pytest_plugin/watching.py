"""What is watched while a test runs, for a fixture or a mark: handles, queries, statements.

A watch begins with the body of the test, not with its fixtures, so that neither arranging counts nor what another
fixture closes later; and it is judged at the body's end, in the body's own phase. A mark and a fixture of one kind
share one watch: what `queries.reset()` leaves out is left out for `max_queries` too.
"""

from __future__ import annotations

from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from course_lib.pytest_plugin.verdicts import Told, at, held, unmeasured

if TYPE_CHECKING:  # an instrument is imported where it is asked for
    from course_lib.instruments.handles import HandleReading, Ledger

POOLED = "; held by something that lives on (a pool? let the test close it: engine.dispose(), session.close())"
KINDS = ("file", "descriptor", "SQLite connection", "socket", "memory map")


class Watch(Protocol):
    """One thing that is watched: `prepare` when it is asked for, `start` with the test's body, `judge` after it."""

    def prepare(self, stack: ExitStack) -> None: ...
    def start(self, stack: ExitStack) -> None: ...
    def judge(self) -> list[Told]: ...


Kind = TypeVar("Kind", bound=Watch)


class Watches:
    """All watches of one run of one test."""

    def __init__(self) -> None:
        self.all: list[Watch] = []
        self.stack = ExitStack()
        self.running = False

    def of(self, kind: type[Kind]) -> Kind:
        """The one of that kind; begun, where there is none yet."""
        for one in self.all:
            if isinstance(one, kind):
                return one
        return self.add(kind())

    def add(self, watch: Kind) -> Kind:
        """Takes one more; one that is asked for within the test's body starts at once."""
        self.all.append(watch)
        watch.prepare(self.stack)
        if self.running:
            watch.start(self.stack)
        return watch

    def start(self) -> None:
        """The body of the test begins."""
        self.running = True
        for watch in self.all:
            watch.start(self.stack)

    def close(self) -> None:
        """Ends all watching, in the reverse of the order in which it began."""
        self.running = False
        self.stack.close()

    def judge(self) -> list[Told]:
        """What was found, after `close`."""
        return [told for watch in self.all for told in watch.judge()]


class HandleWatch:
    """Who closes what the test's body opens."""

    def __init__(self) -> None:
        self.kinds: tuple[str, ...] = ()
        self.judges_closing = False
        self.most_open: int | None = None

    @cached_property
    def ledger(self) -> Ledger:
        """The books, opened once the marks have said which kinds of handles count."""
        from course_lib.instruments.handles import Ledger

        return Ledger(keep_alive=True, kinds=self.kinds)

    def prepare(self, stack: ExitStack) -> None:
        """Nothing to prepare."""

    def start(self, stack: ExitStack) -> None:
        from course_lib.instruments.handles.ledger import entered
        from course_lib.instruments.handles.switch import installed

        stack.enter_context(installed())
        stack.enter_context(entered(self.ledger))

    def judge(self) -> list[Told]:
        reading = self.ledger.reading
        if reading.unmeasured:
            return [unmeasured("handles", reading.unmeasured, str(reading))]
        told = [self._closing(reading)] if self.judges_closing else []
        return [*told, *([self._peak(reading)] if self.most_open is not None else [])]

    def _closing(self, reading: HandleReading) -> Told:
        left = reading.opened - reading.closed_by_code
        worst = max(reading.lines, key=lambda line: line.opened - line.closed_by_code)
        place = worst.where if left else ""
        sentence = (
            f"{left} of {reading.opened} handles not closed by the code{at(place, 'opened at')}; allowed: 0 left to "
            f"the garbage collector or open{POOLED if reading.held_by_others else ''}"
        )
        verdict = held(not left)
        return Told("handles", verdict, sentence, f"{left} of {reading.opened}", "0", place, str(reading))

    def _peak(self, reading: HandleReading) -> Told:
        most, peak = self.most_open or 0, reading.peak_unclosed
        worst = max(reading.lines, key=lambda line: line.opened)
        sentence = f"{peak} handles open at once{at(worst.where, 'most of them opened at')}; allowed: {most}"
        verdict = held(peak <= most)
        return Told("open_handles", verdict, sentence, str(peak), str(most), worst.where, str(reading))


class QueryWatch:
    """What the test's body sends to a database, and the rows that come back."""

    def __init__(self) -> None:
        self.reading: Any = None
        self.most_queries: int | None = None
        self.most_rows: int | None = None

    def prepare(self, stack: ExitStack) -> None:
        from course_lib.instruments.queries import count_queries

        self.reading = stack.enter_context(count_queries())

    def start(self, stack: ExitStack) -> None:
        self.reading.reset()

    def judge(self) -> list[Told]:
        reading = self.reading
        if reading.unmeasured:
            return [unmeasured("queries", reading.unmeasured, str(reading))]
        told = [Told("queries", "pass", "", str(reading.queries))] if self.most_queries is None else []
        if self.most_queries is not None:
            told.append(self._bounded("queries", "queries", reading.queries, self.most_queries))
        if self.most_rows is not None:
            told.append(self._rows(self.most_rows))
        return told

    def _rows(self, most: int) -> Told:
        if self.reading.unaccounted:
            return unmeasured("rows", f"rows are unknown: {self.reading.unaccounted[0]}", str(self.reading))
        return self._bounded("rows", "rows", self.reading.rows, most)

    def _bounded(self, instrument: str, what: str, count: int, most: int) -> Told:
        repeated, statements = self.reading.repeated, self.reading.statements
        place = repeated.where if repeated else next((s.place.where for s in statements if s.place.own), "")
        many = f", {repeated.count:,} of one statement" if repeated and instrument == "queries" else ""
        sentence = f"{count:,} {what}{many}{at(place, 'issued at')}; allowed: {most:,}"
        verdict = held(count <= most)
        return Told(instrument, verdict, sentence, str(count), str(most), place, str(self.reading))


class StatementWatch:
    """The statements that reach a sqlite3 database, and whether an attack among the values acts in one."""

    def __init__(self) -> None:
        from course_lib.instruments.injection import Log

        self.log = Log()

    def prepare(self, stack: ExitStack) -> None:
        """Nothing to prepare."""

    def start(self, stack: ExitStack) -> None:
        from course_lib.instruments.seams.sqlite import listening

        stack.enter_context(listening(self.log))

    def judge(self) -> list[Told]:
        from course_lib.instruments.injection import MARK, let_loose

        if not len(self.log) and not self.log.writes:
            return [unmeasured("statements", "nothing reached a sqlite3 database that is watched")]
        loose = let_loose(self.log)
        place = loose[0].place.where if loose and loose[0].place.own else ""
        sentence = (
            f"in {len(loose)} of {len(self.log)} statements a value acts as SQL{at(place, 'issued at')}; allowed: 0 in "
            f"which {MARK!r} stands outside every literal"
        )
        verdict = held(not loose)
        return [
            Told("statements", verdict, sentence, f"{len(loose)} of {len(self.log)}", "0", place, str(self.log)),
        ]


class Asked:
    """A fixture that is a function: where the test never called it, it measured nothing."""

    def __init__(self, instrument: str) -> None:
        self.instrument, self.called = instrument, False

    def prepare(self, stack: ExitStack) -> None:
        """Nothing to prepare."""

    def start(self, stack: ExitStack) -> None:
        """Nothing to start: it measures when it is called."""

    def judge(self) -> list[Told]:
        return [] if self.called else [unmeasured(self.instrument, "the test never called the fixture")]

"""A verdict as other systems count it: a line a task, worth one point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from course_lib.reading import Verdict
from course_lib.reports.legible import legible

LONGEST = 2000  # letters of a reason


class NotExported(Exception):
    """What another system grades with can't be written there; the message is the sentence to show."""


@dataclass(frozen=True)
class Line:
    """One task: `passed` is None where it could not be measured."""

    name: str
    passed: bool | None
    reason: str

    @property
    def points(self) -> int:
        return int(self.passed is True)


def lines(verdicts: Iterable[Verdict]) -> list[Line]:
    """A line for each task of the verdicts, in their order."""
    return list(_lines(verdicts))


def _lines(verdicts: Iterable[Verdict]) -> Iterator[Line]:
    for verdict in verdicts:
        for told in verdict.tasks:
            passed = None if told.status == "unmeasured" else told.status == "pass"
            reason = legible(told.reason)
            shown = reason if len(reason) <= LONGEST else f"{reason[: LONGEST - 2]} …"
            yield Line(f"{verdict.exercise}/{told.task}", passed, shown)


def points(told: Iterable[Line]) -> int:
    return sum(line.points for line in told)


def unmeasured(told: Iterable[Line]) -> list[Line]:
    return [line for line in told if line.passed is None]

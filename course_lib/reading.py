"""The records that everything else speaks in: a check, a task's verdict, an exercise's verdict; and a table.

They know nothing of exercises, notebooks or processes, and each prints fully as text, so that `print(verdict)`
shows all there is; a widget adds a picture and never information. What an instrument measured is a record of its own,
which prints its figures with `table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from typing import Any, Literal

Status = Literal["pass", "fail", "error", "unmeasured", "skipped"]
About = Literal["function", "hazard"]

_FIGURE = re.compile(r"[-+−]?[\d,]*\.?\d+(e[-+]?\d+)?( ?[%×x])?")

_WORDS: dict[str, str] = {
    "pass": "PASS",
    "fail": "NOT YET",
    "error": "COULD NOT RUN",
    "unmeasured": "UNMEASURED",
    "skipped": "skipped",
}


@dataclass(frozen=True)
class Check:
    """One property of one task: what was measured against what the contract promises.

    `about` tells a property that the hazard breaks from one that plausible generated code has as well.
    """

    name: str
    status: Status
    measured: str = ""
    expected: str = ""
    feedback: str = ""
    about: About = "hazard"

    def __str__(self) -> str:
        lines = [f"  {_WORDS[self.status]:<13} {self.name}"]
        if self.measured:
            lines.append(f"{'':16}measured: {self.measured}")
        if self.expected and self.status != "pass":
            lines.append(f"{'':16}expected: {self.expected}")
        if self.feedback and self.status != "pass":
            lines.append(f"{'':16}{self.feedback}")
        return "\n".join(lines)


def passed(name: str, measured: str = "", expected: str = "") -> Check:
    """A check that holds."""
    return Check(name, "pass", measured, expected)


def failed(name: str, measured: str, expected: str, feedback: str) -> Check:
    """A check that does not hold; `feedback` says why in the learner's own numbers and never gives the answer."""
    return Check(name, "fail", measured, expected, feedback)


def skipped(name: str, because: str) -> Check:
    """A check that was not reached, with the reason."""
    return Check(name, "skipped", feedback=because)


def unmeasured(name: str, because: str) -> Check:
    """A check that could not be measured: neither right nor wrong."""
    return Check(name, "unmeasured", feedback=because)


def overall(statuses: Sequence[Status]) -> Status:
    """The status of a whole from its parts: the first of error, fail, unmeasured that occurs, else pass.

    Nothing counts as a pass by default: no parts, or skipped parts alone, are `unmeasured`.
    """
    for status in ("error", "fail", "unmeasured"):
        if status in statuses:
            return status
    return "pass" if "pass" in statuses else "unmeasured"


@dataclass(frozen=True)
class TaskVerdict:
    """What is true of one function or class: a status, one sentence of reason, the checks behind it.

    `evidence` is plain data for a picture (a replayed schedule, say), `printed` the last lines that the code printed
    while it was judged; neither is part of the printed JSON.
    """

    task: str
    status: Status
    reason: str
    checks: tuple[Check, ...] = ()
    evidence: dict[str, Any] | None = field(default=None, compare=False, repr=False)
    printed: str = field(default="", compare=False)

    @property
    def failing(self) -> str:
        """Name of the first check that does not hold, which is the one that `reason` tells of; else empty."""
        return next((check.name for check in self.checks if check.status not in ("pass", "skipped")), "")

    def __str__(self) -> str:
        head = f"{self.task}: {_WORDS[self.status]}\n  {self.reason}"
        printed = "\n    ".join(["  it printed:", *self.printed.splitlines()]) if self.printed else ""
        return "\n".join([head, *map(str, self.checks), *filter(None, [printed])])


@dataclass(frozen=True)
class Confinement:
    """What held the submission's processes; `complete` where files, processes and network were all shut off."""

    complete: bool
    told: str

    def __str__(self) -> str:
        return self.told


def weakest(held: Iterable[Confinement | None]) -> Confinement | None:
    """The weakest of several confinements, None where nothing ran."""
    return min(filter(None, held), key=lambda one: one.complete, default=None)


@dataclass(frozen=True)
class Verdict:
    """What is true of one submission of one exercise; `seconds` is how long the judge took and decides nothing.

    `confinement` is the weakest in force while it ran, None where none of it ran.
    """

    exercise: str
    status: Status
    seconds: float
    tasks: tuple[TaskVerdict, ...]
    confinement: Confinement | None = None

    @property
    def passed(self) -> bool:
        """True only where every judged task passed."""
        return self.status == "pass"

    @property
    def warning(self) -> str:
        """One sentence where the confinement was less than whole, else empty."""
        if self.confinement is None or self.confinement.complete:
            return ""
        return f"Not fully confined on this system: {self.confinement}."

    def __str__(self) -> str:
        parts = [f"{self.exercise}: {_WORDS[self.status]}", *map(str, self.tasks), self.warning]
        return "\n\n".join(filter(None, parts))

    def to_plain(self, evidence: bool = False) -> dict[str, Any]:
        """The verdict as the contract's JSON object; with `evidence`, each task also carries its plain evidence."""
        plain = asdict(self)
        plain["tasks"] = list(plain["tasks"])
        for task in plain["tasks"]:
            task["checks"] = list(task["checks"])
            if not evidence:
                del task["evidence"], task["printed"]
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Verdict:
        """The verdict that `to_plain` described."""
        tasks = tuple(map(_task_from_plain, plain["tasks"]))
        held = plain.get("confinement")
        confinement = Confinement(**held) if held else None
        return cls(plain["exercise"], plain["status"], plain["seconds"], tasks, confinement)


def _task_from_plain(plain: dict[str, Any]) -> TaskVerdict:
    checks = tuple(Check(**check) for check in plain["checks"])
    more = plain.get("evidence"), plain.get("printed", "")
    return TaskVerdict(plain["task"], plain["status"], plain["reason"], checks, *more)


def not_judged(exercise: str, tasks: Iterable[str], status: Status, because: str) -> Verdict:
    """The verdict where nothing could be judged: every task has this status, for this one reason."""
    return Verdict(exercise, status, 0.0, tuple(TaskVerdict(task, status, because) for task in tasks))


def figure(value: float, digits: int = 3) -> str:
    """A number as a sentence tells it: `5,612`, `2.5`, `0.04`; so many digits where it is no whole one, never `-0`."""
    whole = abs(value) >= 10 ** (digits - 1)
    rounded = round(value) if whole else round(value, digits - 1)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


def table(rows: Iterable[Sequence[object]], indent: str = "") -> str:
    """The rows as aligned text, two blanks between the columns; the first row may be the columns' names.

    A column of figures stands to the right, under its name: int and float, and texts that read as one, blanks aside.
    An int is written as 1,000; None as nothing. Rows may be of different lengths.
    """
    lines = [[_cell(value) for value in row] for row in rows]
    columns = list(zip_longest(*lines, fillvalue=""))
    widths = [max(map(len, column)) for column in columns]
    to_the_right = [_is_of_figures(column) for column in columns]
    return "\n".join(
        (indent + "  ".join(map(_aligned, line, widths, to_the_right))).rstrip()
        for line in zip_longest(*columns, fillvalue="")
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _is_of_figures(column: Sequence[str]) -> bool:
    """Whether all cells below the first that hold anything are figures; a column of one cell is judged by that."""
    told = list(filter(None, column[1:] or column))
    return bool(told) and all(_FIGURE.fullmatch(cell) for cell in told)


def _aligned(cell: str, width: int, to_the_right: bool) -> str:
    return cell.rjust(width) if to_the_right else cell.ljust(width)

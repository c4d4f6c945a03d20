"""The records that everything else speaks in: a check, a task's verdict, an exercise's verdict, a reading.

They know nothing of exercises, notebooks or processes, and each prints fully as text, so that `print(verdict)`
shows all there is; a widget adds a picture and never information.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["pass", "fail", "error", "unmeasured", "skipped"]
About = Literal["function", "hazard"]

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

    `evidence` is plain data for a picture (a replayed schedule, say); it is not part of the printed JSON.
    """

    task: str
    status: Status
    reason: str
    checks: tuple[Check, ...] = ()
    evidence: dict[str, Any] | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        head = f"{self.task}: {_WORDS[self.status]}\n  {self.reason}"
        return "\n".join([head, *map(str, self.checks)])


@dataclass(frozen=True)
class Confinement:
    """What held the submission's processes; `complete` where files, processes and network were all shut off."""

    complete: bool
    told: str

    def __str__(self) -> str:
        return self.told


def weakest(held: Sequence[Confinement | None]) -> Confinement | None:
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
                del task["evidence"]
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Verdict:
        """The verdict that `to_plain` described."""
        tasks = tuple(
            TaskVerdict(t["task"], t["status"], t["reason"], tuple(Check(**c) for c in t["checks"]), t.get("evidence"))
            for t in plain["tasks"]
        )
        held = plain.get("confinement")
        confinement = Confinement(**held) if held else None
        return cls(plain["exercise"], plain["status"], plain["seconds"], tasks, confinement)


@dataclass(frozen=True)
class Reading:
    """One measurement: a title and labelled figures, printed as an aligned table."""

    title: str
    figures: tuple[tuple[str, object], ...]

    def __str__(self) -> str:
        width = max((len(label) for label, _ in self.figures), default=0)
        return "\n".join([self.title, *(f"  {label:<{width}}  {value}" for label, value in self.figures)])

    def __getitem__(self, label: str) -> object:
        return dict(self.figures)[label]

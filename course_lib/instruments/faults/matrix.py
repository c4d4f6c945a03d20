"""Outcomes of a client under faults, as words, as a table and as one verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from course_lib.reading import table

Outcome = Literal["data", "declared error", "wrong data", "needless error", "crash", "hang", "unmeasured"]
Tone = Literal["good", "bad", "note"]

LEGEND: dict[str, tuple[Tone, str]] = {
    "data": ("good", "the right answer came back"),
    "declared error": ("good", "an error that the client declares came back"),
    "wrong data": ("bad", "something came back as if it were the answer"),
    "needless error": ("bad", "an error came back where the answer was right"),
    "crash": ("bad", "an exception that the client does not declare came out"),
    "hang": ("bad", "the client waited or asked on, long after its time was over"),
    "unmeasured": ("note", "nothing could be measured, for the reason given: neither right nor wrong"),
}


def outcome_of(promise: str, *, returned: bool, declared: bool, right: bool) -> Outcome:
    """The outcome of one call that came back.

    `promise` is the fault's: "data", "error", "silent" or "either". `returned`: a value came back, no exception;
    `declared`: that value or exception is an error which the client declares; `right`: it equals the right answer.
    """
    if declared:
        return "needless error" if promise == "data" else "declared error"
    if not returned:
        return "crash"
    if promise == "silent" and right:
        return "hang"
    return "data" if promise == "either" or (promise == "data" and right) else "wrong data"


@dataclass(frozen=True)
class Cell:
    """One fault: what the server did, what became of the call, and the value or exception behind it as text."""

    fault: str
    says: str
    outcome: Outcome
    detail: str

    @property
    def holds(self) -> bool:
        """Whether the client kept its word under this fault."""
        return LEGEND[self.outcome][0] == "good"


@dataclass(frozen=True)
class FaultReading:
    """All cells of one client; prints as a table. `holds` is true where every cell does."""

    cells: tuple[Cell, ...]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    def __getitem__(self, fault: str) -> Cell:
        return next(cell for cell in self.cells if cell.fault == fault)

    @property
    def holds(self) -> bool:
        """True where the client kept its word under every fault, and there was one at least."""
        return bool(self.cells) and all(cell.holds for cell in self.cells)

    @property
    def broken(self) -> tuple[Cell, ...]:
        """The cells in which it did not."""
        return tuple(cell for cell in self.cells if not cell.holds)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many faults ended in each outcome, in the legend's order, without zeros."""
        found: Counter[Any] = Counter(cell.outcome for cell in self.cells)
        return {outcome: found[outcome] for outcome in LEGEND if found[outcome]}  # type: ignore[misc]  # keys are Outcomes

    def __str__(self) -> str:
        total = ", ".join(f"{count} {outcome}" for outcome, count in self.counts.items())
        lines = table((cell.fault, cell.outcome, cell.detail) for cell in self.cells)
        return f"{lines}\n{len(self.cells)} faults: {total}".lstrip("\n")

    def __repr__(self) -> str:
        return str(self)

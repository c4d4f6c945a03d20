"""The calls of a hazard 7 submission: what the contract allows each to do, and in what way an outcome differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.hazards.plainly import counted, raised, same, shown
from course_lib.hazards.sql_injection.cases import Answer, Row
from course_lib.instruments.injection.trials import MARK


@dataclass(frozen=True)
class Call:
    """One call and what the contract allows it to do: one of the answers, or ValueError where `may_refuse`."""

    args: tuple[Any, ...]
    keywords: dict[str, Any]
    answers: tuple[list[Answer], ...]
    may_refuse: bool = False
    insert: tuple[Row, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """The call as the probe wants it, without the answers."""
        plain: dict[str, Any] = {"args": list(self.args), "keywords": self.keywords}
        return {**plain, "insert": list(self.insert)} if self.insert else plain

    def __str__(self) -> str:
        named = (f"{name}={shown(value)}" for name, value in self.keywords.items())
        return ", ".join(["connection", *map(shown, self.args), *named])


@dataclass(frozen=True)
class Group:
    """Calls on databases that hold the same rows; all on one connection where `shared`.

    Where `elsewhere`, what is inserted between them comes over another connection. Where `alone`, there is no table
    but the one that the contract names.
    """

    rows: list[Row]
    calls: list[Call]
    shared: bool = False
    elsewhere: bool = False
    alone: bool = False

    def to_plain(self) -> dict[str, Any]:
        """The group as the probe's case."""
        calls = [call.to_plain() for call in self.calls]
        ways = {name: getattr(self, name) for name in ("shared", "elsewhere", "alone")}
        return {"orders": self.rows, "mark": MARK, **ways, "calls": calls}


Report = dict[str, Any]
Judged = list[tuple[Call, Report]]


def trouble_of(call: Call, report: Report) -> str:
    """Why the call's outcome is not allowed, as the end of a sentence; empty where it is."""
    outcome = report["outcome"]
    if "raised" in outcome:
        return "" if call.may_refuse and "ValueError" in outcome["bases"] else f"raised {raised(outcome)}"
    returned = outcome.get("returned")
    if any(same(returned, answer) for answer in call.answers):
        return ""
    if not call.answers:
        return f"returned {_rows(returned)}; ValueError was due"
    return _difference(returned, call.answers[0])


def _rows(returned: Any) -> str:
    return counted(len(returned), "row") if isinstance(returned, list) else f"{_one(returned)}, which is no list"


def _one(value: Any) -> str:
    """The value, or what kind of object it was where it did not cross as plain data."""
    kind = getattr(value, "type_name", None)
    return f"an object of type {kind}" if isinstance(kind, str) else shown(value)


def _difference(returned: Any, answer: list[Answer]) -> str:
    if not isinstance(returned, list):
        return f"returned {_rows(returned)}"
    strange = next((row for row in returned if not isinstance(row, tuple) or len(row) != 4), None)
    if strange is not None:
        return f"returned a list with {_one(strange)} in it; each row is a tuple of four"
    if len(returned) != len(answer):
        return f"returned {_rows(returned)} where {len(answer)} {'is' if len(answer) == 1 else 'are'} due"
    if returned == answer:
        got, due = next((got, due) for got, due in zip(returned, answer, strict=True) if not same(got, due))
        return f"returned the row {shown(got)} where {shown(due)} is due: a value of another type"
    same_rows = sorted(map(repr, returned)) == sorted(map(repr, answer))
    return f"returned {_rows(returned)}, {'in another order' if same_rows else 'but other rows'}"

"""One call of a hazard 7 submission: what the contract allows it to do, and in what way an outcome differs."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from typing import Any

from course_lib.hazards.sql_injection.cases import Answer, Row

_short = reprlib.Repr()
_short.maxstring = _short.maxother = 60
_short.maxlist = 3


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
        given = [
            *map(_short.repr, self.args),
            *(f"{name}={_short.repr(value)}" for name, value in self.keywords.items()),
        ]
        return ", ".join(["connection", *given])


Report = dict[str, Any]
Judged = list[tuple[Call, Report]]


def trouble_of(call: Call, report: Report) -> str:
    """Why the call's outcome is not allowed, as the end of a sentence; empty where it is."""
    outcome = report["outcome"]
    if "raised" in outcome:
        if call.may_refuse and "ValueError" in outcome["bases"]:
            return ""
        message = f" ({outcome['message'][:90]})" if outcome["message"] else ""
        return f"raised {outcome['raised']}{message}"
    returned = outcome.get("returned")
    if any(_same(returned, answer) for answer in call.answers):
        return ""
    if not call.answers:
        return f"returned {_counted(returned)}; ValueError was due"
    return _difference(returned, call.answers[0])


def _same(returned: Any, answer: list[Answer]) -> bool:
    return isinstance(returned, list) and len(returned) == len(answer) and all(map(_same_row, returned, answer))


def _same_row(row: Any, wanted: Answer) -> bool:
    if not isinstance(row, tuple) or len(row) != 4 or type(row[3]) not in (int, float):
        return False
    return tuple(map(type, row[:3])) == (int, int, str) and row == wanted


def _counted(returned: Any) -> str:
    if not isinstance(returned, list):
        return f"{_shown(returned)}, which is no list"
    return f"{len(returned)} row{'s' * (len(returned) != 1)}"


def _shown(value: Any) -> str:
    """The value, or what kind of object it was where it did not cross as plain data."""
    kind = getattr(value, "type_name", None)
    return f"an object of type {kind}" if isinstance(kind, str) else _short.repr(value)


def _difference(returned: Any, answer: list[Answer]) -> str:
    if not isinstance(returned, list):
        return f"returned {_counted(returned)}"
    strange = next((row for row in returned if not isinstance(row, tuple) or len(row) != 4), None)
    if strange is not None:
        return f"returned a list with {_shown(strange)} in it; each row is a tuple of four"
    if len(returned) == len(answer):
        same_rows = sorted(map(repr, returned)) == sorted(map(repr, answer))
        return f"returned {_counted(returned)}, {'in another order' if same_rows else 'but other rows'}"
    return f"returned {_counted(returned)} where {len(answer)} {'is' if len(answer) == 1 else 'are'} due"

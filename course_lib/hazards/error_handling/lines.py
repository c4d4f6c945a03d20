"""Judges `import_orders`: every line is counted, and each that is not blank is in exactly one of the two lists.

Each file is looked at for what can be seen in it: one that raised shows nothing of its lists, and one in which lines
are lost does not show which order belongs to which line. A check says in how many files it was looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.hazards.error_handling.line_cases import CASES, Case, Line, text_of
from course_lib.hazards.plainly import counted, raised, same, shown
from course_lib.hazards.terms import Observe
from course_lib.reading import Check, failed, passed, skipped

SHAPE = "gives back the two lists"
IMPORTED = "good orders are imported as they came"
REJECTED = "bad orders are rejected with a reason"
NUMBERS = "line numbers count every line"
RAISES = "nothing in a line makes it raise"
LOST = "every line is in exactly one list"
EXPECTED = {
    SHAPE: '{"imported": [order, …], "rejected": [(line number, reason), …]}',
    IMPORTED: "every good order, whole and in order",
    NUMBERS: "numbers count from 1, blank lines included",
    RAISES: "no exception whatever a line holds",
    LOST: "each line that is not blank, once",
    REJECTED: "every bad order, with a reason that is not empty",
}
Wrong = tuple[str, str]  # measured, feedback
Looked = dict[str, Wrong | None]  # of each check that a file allows: what is wrong there, or None

Numbered = list[tuple[int, Line]]


def judge_import_orders(observe: Observe) -> list[Check]:
    """Six checks; all but the first are skipped where a plain file does not even give the two lists."""
    seen = observe([case.to_plain() for case in CASES])
    looks = [_look(case, one) for case, one in zip(CASES, seen, strict=True)]
    plain = looks[0]
    checks = [_state(name, [plain] if plain.get(SHAPE) else looks) for name in EXPECTED]
    if any(look.get(SHAPE) for look in looks):
        because = "the result has another shape"
        return [checks[0], *(one if one.status == "fail" else skipped(one.name, because) for one in checks[1:])]
    return checks


def _state(name: str, looks: Sequence[Looked]) -> Check:
    """One check over all the files in which it could be looked at."""
    seen = [(case, look[name]) for case, look in zip(CASES, looks, strict=False) if name in look]
    wrong = next((one for _, one in seen if one), None)
    if wrong:
        return failed(name, wrong[0], EXPECTED[name], wrong[1])
    if not seen:
        return skipped(name, "no file came back in which this could be seen")
    lines = sum(len(case.numbered) for case, _ in seen)
    files = f"all {len(CASES)}" if len(seen) == len(CASES) else f"{len(seen)} of {len(CASES)}"
    return passed(name, f"in {files} files, {lines:,} lines", EXPECTED[name])


def _look(case: Case, seen: dict[str, Any]) -> Looked:
    if "raised" in seen:
        return {RAISES: (seen["raised"], f"{case.says} it raised {raised(seen)}")}
    problem = _misshapen(seen["returned"])
    if problem:
        return {RAISES: None, SHAPE: (problem, f"{case.says}: {problem}")}
    imported, rejected = seen["returned"]["imported"], seen["returned"]["rejected"]
    numbers = [number for number, _ in rejected]
    look: Looked = {RAISES: None, SHAPE: None, NUMBERS: _wrong_numbers(case, numbers)}
    if _offset(case, numbers):  # then every number names another line than it means
        return look
    look |= _account(case, imported, set(numbers))
    look[IMPORTED] = look.get(IMPORTED) or _shared(case, seen.get("beside", ()))
    if len(set(numbers)) < len(numbers):
        look[LOST] = "a line rejected twice", f"{case.says}: 'rejected' holds the lines {shown(numbers)}"
    empty = [number for number, reason in rejected if not reason]
    if empty and not look.get(REJECTED):
        told = f"{case.says}: the reason for line {empty[0]} is an empty text"
        look[REJECTED] = counted(len(empty), "empty reason"), told
    return look


def _misshapen(value: Any) -> str:
    """What is wrong with the result as such, or nothing."""
    if not isinstance(value, dict) or set(value) != {"imported", "rejected"}:
        return f"it gave back {shown(value)}"
    for name, items in value.items():
        if not isinstance(items, list):
            return f"{name!r} is {shown(items)}, which is no list"
    for item in value["rejected"]:
        pair = isinstance(item, tuple) and len(item) == 2
        if not (pair and type(item[0]) is int and isinstance(item[1], str)):
            return f"'rejected' holds {shown(item)}, which is no (line number, reason)"
    return ""


def _offset(case: Case, numbers: Sequence[int]) -> int:
    """By how much every number is off, where all are off by the same; else 0."""
    bad = [number for number, line in case.numbered if line.kind == "bad"]
    if len(numbers) != len(bad) or any(line.kind == "either" for line in case.lines):
        return 0
    off = {number - due for number, due in zip(numbers, bad, strict=True)}
    return off.pop() if len(off) == 1 else 0


def _wrong_numbers(case: Case, numbers: Sequence[int]) -> Wrong | None:
    """Numbers all off by the same, that no line has, that name a blank line, or that are out of order."""
    off = _offset(case, numbers)
    if off:
        way = "small" if off < 0 else "large"
        return f"off by {abs(off)}", f"{case.says}: each line number is too {way} by {abs(off)}: {shown(list(numbers))}"
    last, blank = len(case.numbered), {number for number, line in case.numbered if line.kind == "blank"}
    for number in numbers:
        if not 1 <= number <= last:
            return f"line {number}", f"{case.says}: line {number} was rejected of {counted(last, 'line')}"
        if number in blank:
            return f"line {number}", f"{case.says}: line {number} was rejected, and that line is blank"
    if list(numbers) != sorted(numbers):
        return "out of order", f"{case.says}: 'rejected' holds the lines {shown(list(numbers))}"
    return None


def _account(case: Case, imported: list[Any], rejected: set[int]) -> Looked:
    """The imported orders against the lines that are left for them."""
    refused = [(number, line) for number, line in case.numbered if line.kind == "good" and number in rejected]
    due = [(number, line) for number, line in case.numbered if line.kind != "blank" and number not in rejected]
    look = _unequal(case, imported, due, rejected) if len(imported) != len(due) else _compared(case, imported, due)
    if refused:
        number, line = refused[0]
        told = f"{case.says}: line {number} was rejected: {shown(text_of(line))}"
        look[IMPORTED] = f"{len(refused)} rejected", told
    return look


def _compared(case: Case, imported: list[Any], due: Numbered) -> Looked:
    """Each order beside the line that it must have come from."""
    look: Looked = {LOST: None, IMPORTED: None, REJECTED: None}
    for order, (number, line) in zip(imported, due, strict=True):
        told = f"{case.says}: line {number} was imported as {shown(order)}"
        if line.kind == "bad" and not look[REJECTED]:
            look[REJECTED] = "imported instead", f"{told}: {shown(text_of(line))}"
        elif line.kind == "good" and not look[IMPORTED] and not same(order, line.due):
            look[IMPORTED] = "changed", told
    return look


def _shared(case: Case, beside: Sequence[Any]) -> Wrong | None:
    """An order that changed with the one before it, which the caller had changed: the two hold something in common."""
    good = [(number, line) for number, line in case.numbered if line.kind == "good"]
    for order, (number, line) in zip(beside, good[1::2], strict=False):
        if not same(order, line.due):
            told = f"the caller changed the order of line {number - 1}, and that of line {number} became {shown(order)}"
            return "changed with another", f"in a file with equal lines {told}"
    return None


def _unequal(case: Case, imported: list[Any], due: Numbered, rejected: set[int]) -> Looked:
    """More or fewer orders than lines are left: doubled, made up, or lost."""
    total = sum(line.kind != "blank" for _, line in case.numbered)
    account = f"{total} lines that are not blank, {len(imported)} imported, {len(rejected)} rejected"
    if len(imported) > len(due):
        return {LOST: (account, f"{case.says}: {account}; a line is in both lists, or twice in one")}
    bad = [(number, line) for number, line in due if line.kind == "bad"]
    lost = f"{case.says}: {account}; {len(due) - len(imported)} in neither list"
    if not bad:
        return {LOST: (account, lost)}
    number, line = bad[0]
    return {LOST: (account, f"{lost}, and line {number} is not among the rejected: {shown(text_of(line))}")}

"""Judges `import_orders`: every line is counted, and each that is not blank is in exactly one of the two lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
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
Violation = tuple[str, str, str]  # check, measured, feedback


def judge_import_orders(observe: Observe) -> list[Check]:
    """Six checks; all but the first are skipped where a plain file does not even give the two lists."""
    seen = observe([{"lines": [line.recipe for line in case.lines]} for case in CASES])
    found: dict[str, tuple[str, str]] = {}
    for case, observation in zip(CASES, seen, strict=True):
        for name, measured, feedback in _violations(case, observation):
            found.setdefault(name, (measured, feedback))
        if SHAPE in found and case is CASES[0]:
            break
    checks = [_state(name, found) for name in EXPECTED]
    if SHAPE in found:
        because = "the result has another shape"
        return [checks[0], *(one if one.status == "fail" else skipped(one.name, because) for one in checks[1:])]
    return checks


def _state(name: str, found: dict[str, tuple[str, str]]) -> Check:
    if name in found:
        return failed(name, found[name][0], EXPECTED[name], found[name][1])
    return passed(name, f"in all {len(CASES)} files, {sum(len(case.lines) for case in CASES)} lines", EXPECTED[name])


def _violations(case: Case, seen: dict[str, Any]) -> Iterator[Violation]:
    if "raised" in seen:
        yield RAISES, seen["raised"], f"{case.says} it raised {raised(seen)}"
        return
    problem = _misshapen(seen["returned"])
    if problem:
        yield SHAPE, problem, f"{case.says}: {problem}"
        return
    imported, rejected = seen["returned"]["imported"], seen["returned"]["rejected"]
    yield from _number_violations(case, [number for number, _ in rejected])
    yield from _account(case, imported, {number for number, _ in rejected})
    empty = [number for number, reason in rejected if not reason]
    if empty:
        yield (
            REJECTED,
            counted(len(empty), "empty reason"),
            f"{case.says}: the reason for line {empty[0]} is an empty text",
        )


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


def _number_violations(case: Case, numbers: Sequence[int]) -> Iterator[Violation]:
    """Numbers that no line has, that name a blank line, or that are out of order or doubled."""
    blank = {number for number, line in case.numbered if line.kind == "blank"}
    for number in numbers:
        if not 1 <= number <= len(case.lines):
            yield NUMBERS, f"line {number}", f"{case.says}: line {number} was rejected of {len(case.lines)} lines"
            return
        if number in blank:
            yield NUMBERS, f"line {number}", f"{case.says}: line {number} was rejected, and that line is blank"
            return
    if len(set(numbers)) < len(numbers):
        yield LOST, "a line rejected twice", f"{case.says}: 'rejected' holds the lines {shown(list(numbers))}"
    elif list(numbers) != sorted(numbers):
        yield NUMBERS, "out of order", f"{case.says}: 'rejected' holds the lines {shown(list(numbers))}"


def _account(case: Case, imported: list[Any], rejected: set[int]) -> Iterator[Violation]:
    """Lines refused though good; then the imported orders against the lines that are left for them."""
    refused = [number for number, line in case.numbered if line.kind == "good" and number in rejected]
    if refused:
        text = shown(text_of(case.lines[refused[0] - 1]))
        yield IMPORTED, f"{len(refused)} rejected", f"{case.says}: line {refused[0]} was rejected: {text}"
    due = [(number, line) for number, line in case.numbered if line.kind != "blank" and number not in rejected]
    if len(imported) != len(due):
        yield from _unequal(case, imported, due, rejected)
        return
    for order, (number, line) in zip(imported, due, strict=True):
        if line.kind == "bad":
            text = shown(text_of(line))
            yield REJECTED, "imported instead", f"{case.says}: line {number} was imported as {shown(order)}: {text}"
        elif line.kind == "good" and not same(order, json.loads(text_of(line))):
            yield IMPORTED, "changed", f"{case.says}: line {number} was imported as {shown(order)}"


def _unequal(case: Case, imported: list[Any], due: list[tuple[int, Line]], rejected: set[int]) -> Iterator[Violation]:
    """More or fewer orders than lines are left: doubled, made up, or lost."""
    total = sum(line.kind != "blank" for line in case.lines)
    account = f"{total} lines that are not blank, {len(imported)} imported, {len(rejected)} rejected"
    if len(imported) > len(due):
        yield LOST, account, f"{case.says}: {account}; a line is in both lists, or twice in one"
        return
    bad = [(number, line) for number, line in due if line.kind == "bad"]
    lost = f"; {len(due) - len(imported)} in neither list"
    yield (
        LOST,
        account,
        f"{case.says}: {account}{lost}" + (f", and line {bad[0][0]} is not among the rejected" if bad else ""),
    )
    if bad:
        text = shown(text_of(bad[0][1]))
        yield REJECTED, f"{len(bad)} not rejected", f"{case.says}: line {bad[0][0]} was not rejected: {text}"

"""Judges `doubled` by what it returns, and by whether the list it was given is afterwards as it was before."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.plainly import first_wrong, raised, same, shown, then
from course_lib.hazards.terms import Control, Observe, Task
from course_lib.reading import Check, failed, passed

DOUBLES, LEAVES = "gives every number, doubled", "leaves the given list as it was"
GIVEN: tuple[list[int], ...] = ([3, 1, 2], [], [0, -5], [7, 7], list(range(20)))
Observation = dict[str, Any]


def _judge(observe: Observe) -> list[Check]:
    seen = observe([{"numbers": numbers} for numbers in GIVEN])
    return then(_doubles(seen), lambda: [_leaves(seen)], [LEAVES], "judged once the numbers are right")


def _doubles(seen: list[Observation]) -> Check:
    wrong = first_wrong(map(_wrong_numbers, GIVEN, seen))
    if wrong:
        return failed(DOUBLES, wrong, "a list of the same length, each number twice as large", wrong)
    return passed(DOUBLES, f"{len(GIVEN)} lists answered rightly")


def _wrong_numbers(numbers: list[int], outcome: Observation) -> str | None:
    """What was wrong with the answer for one list, in words, or None."""
    if "raised" in outcome:
        return f"doubled({shown(numbers)}) raised {raised(outcome)}"
    expected = [2 * number for number in numbers]
    if same(outcome["returned"], expected):
        return None
    return f"doubled({shown(numbers)}) gave {shown(outcome['returned'])}, not {shown(expected)}"


def _leaves(seen: list[Observation]) -> Check:
    changed = [(numbers, one["left"]) for numbers, one in zip(GIVEN, seen, strict=True) if one["left"] != numbers]
    if not changed:
        return passed(LEAVES, f"{len(GIVEN)} lists, none changed")
    before, after = changed[0]
    told = f"the caller's list {shown(before)} was {shown(after)} after the call"
    return failed(LEAVES, f"{len(changed)} of {len(GIVEN)} lists changed", "0 changed", told)


def _has_changed(outcome: Observation) -> bool:
    return bool(outcome["left"] != [3, 1, 2])


TASKS = {"doubled": Task(_judge, Control({"numbers": [3, 1, 2]}, _has_changed), function=[DOUBLES], given=["numbers"])}

"""Calls `doubled` on a list of numbers and reports what came back, and what the given list holds afterwards.

A room to copy: the hazard in it does next to nothing, a function that changes what it was given.
"""

from __future__ import annotations

from typing import Any

from course_lib.hazards.attempt import attempt


def doubled(function: Any, case: dict[str, Any]) -> dict[str, Any]:
    """`{"returned": value}` or what `attempt` tells of an exception, with `"left"`: the given list after the call."""
    given = list(case["numbers"])
    outcome = attempt(function, given)
    return {**outcome, "left": given}


def _in_place(numbers: list[int]) -> list[int]:
    numbers[:] = [2 * number for number in numbers]
    return numbers


def _anew(numbers: list[int]) -> list[int]:
    return [2 * number for number in numbers]


PROBES = {"doubled": doubled}
CONTROLS = {"doubled": (_in_place, _anew)}

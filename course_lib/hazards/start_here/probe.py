"""Calls `average_rating` on a list of ratings and reports what came back: the task of the first two minutes."""

from __future__ import annotations

from typing import Any

from course_lib.hazards.attempt import attempt


def average_rating(function: Any, case: dict[str, Any]) -> dict[str, Any]:
    """`{"returned": value}`, or what `attempt` tells of an exception."""
    return attempt(function, list(case["ratings"]))


def _mean(ratings: list[int]) -> float:
    return sum(ratings) / len(ratings)


def _one_more(ratings: list[int]) -> float:
    return sum(ratings) / len(ratings) + 1


PROBES = {"average_rating": average_rating}
CONTROLS = {"average_rating": (_one_more, _mean)}

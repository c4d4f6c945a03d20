"""What an expression of the table may use beside the names of its lesson."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from math import comb
from types import FrameType
from typing import Any

from course_lib.hazards.defence.places_of_lockers import LOCKERS
from course_lib.instruments.queries import count_queries
from course_lib.review.shipped import pull_request
from course_lib.syllabus import EXERCISES, LESSONS
from course_lib.testbeds.hostile_faults import DRIP_SECONDS, DRIPS

__all__ = [
    "DRIPS",
    "DRIP_SECONDS",
    "EXERCISES",
    "LESSONS",
    "LOCKERS",
    "comb",
    "coverage",
    "evaluated",
    "pull_request",
    "rows_of",
]


def rows_of(call: Callable[[], Any]) -> int:
    """How many rows a call brings back from the database."""
    with count_queries() as reading:
        call()
    return reading.rows


def coverage(function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> float:
    """How many of a hundred lines of a function the calls run together."""
    code, run = function.__code__, set()

    def trace(frame: FrameType, _event: str, _value: object) -> Any:
        if frame.f_code is not code:
            return None
        run.add(frame.f_lineno)
        return trace

    lines = {line for _, _, line in code.co_lines() if line} - {code.co_firstlineno}
    sys.settrace(trace)
    try:
        for arguments in calls:
            function(*arguments)
    finally:
        sys.settrace(None)
    return 100 * len(run & lines) / len(lines)


def evaluated(expressions: Iterable[str], names: dict[str, Any]) -> str:
    """The value of each expression in a lesson's names, as JSON."""
    known = {**globals(), **names}
    return json.dumps([float(eval(expression, known)) for expression in expressions])

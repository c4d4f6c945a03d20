"""Gradescope's results.json: a test a task, no score of the whole beside them.

Where anything could not be measured there is no file: Gradescope then tells the instructor that the autograder failed,
and records no zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.classroom.systems.points import Line, unmeasured


def results(told: Sequence[Line]) -> dict[str, Any] | None:
    """The object to write, None where there is to be no file."""
    if unmeasured(told):
        return None
    return {
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(number, line) for number, line in enumerate(told, 1)],
    }


def _test(number: int, line: Line) -> dict[str, Any]:
    return {
        "name": line.name,
        "number": str(number),
        "score": line.points,
        "max_score": 1,
        "status": "passed" if line.passed else "failed",
        "output": line.reason,
        "output_format": "text",
        "visibility": "visible",
    }

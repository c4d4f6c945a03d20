"""PrairieLearn's results.json: `gradable` is false where anything could not be measured, and no attempt is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course_lib.classroom.systems.points import Line, points, unmeasured


def results(told: Sequence[Line]) -> dict[str, Any]:
    """The object to write; its score is a share of 1."""
    if missing := unmeasured(told):
        words = "; ".join(f"{line.name} could not be measured: {line.reason}" for line in missing)
        return {"gradable": False, "message": f"Nothing was counted. {words}"}
    score = points(told) / len(told) if told else 0.0
    return {
        "gradable": True,
        "score": round(score, 6),
        "message": f"{points(told)} of {len(told)} tasks passed",
        "tests": [_test(line) for line in told],
    }


def _test(line: Line) -> dict[str, Any]:
    return {"name": line.name, "points": line.points, "max_points": 1, "message": line.reason}

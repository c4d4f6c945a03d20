"""Classroom 50's result.json, schema classroom50/result/v1: whole points, and where the submission lies.

Its runner tells in the environment what it knows of the submission, and stamps owner and time itself. Where anything
could not be measured there is no file, and the command's exit status says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from course_lib.classroom.systems.points import Line, points, unmeasured


def result(told: Sequence[Line], owner: str, when: str, environment: Mapping[str, str]) -> dict[str, Any] | None:
    """The object to write, None where there is to be no file; `when` is a time such as 2026-09-01T08:30:00Z."""
    if unmeasured(told):
        return None
    commit = environment.get("COMMIT_URL") or "local"
    exercises = dict.fromkeys(line.name.partition("/")[0] for line in told)
    return {
        "schema": "classroom50/result/v1",
        "classroom": environment.get("CLASSROOM") or "course",
        "assignment": environment.get("ASSIGNMENT") or "+".join(exercises) or "none",
        "assignment_type": "individual",
        "owner": owner,
        "submission": environment.get("SUBMISSION_TAG") or "submit/local",
        "commit": commit,
        "release": environment.get("RELEASE_URL") or commit,
        "review": environment.get("REVIEW_URL") or commit,
        "datetime": when,
        "score": points(told),
        "max-score": len(told),
        "tests": [_test(line) for line in told],
    }


def _test(line: Line) -> dict[str, Any]:
    return {
        "test-name": line.name,
        "passed": bool(line.passed),
        "score": line.points,
        "max-score": 1,
        "output": line.reason,
    }

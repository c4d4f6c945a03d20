"""An answer judged: is there a program, does it work, is it safe.

The verdict is the course's own. `works` are its checks about the function, `safe` those about the hazard, each only
where every one of them passed; what was skipped is not passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any, Self

from course_lib.reading import Check, TaskVerdict
from course_lib.runner.chosen import parent_of
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent, ParentLost
from course_lib.runner.source import Cell, Submission
from course_lib.syllabus import Lesson
from course_lib.trial.extracting import code_in, defines


@dataclass(frozen=True)
class Judged:
    """What is true of one answer, and why; where it is `unmeasured` nothing else is told."""

    usable: bool
    works: bool
    safe: bool
    unmeasured: bool
    reason: str
    checks: tuple[Check, ...] = ()

    @property
    def works_and_safe(self) -> bool:
        return self.works and self.safe

    def in_words(self) -> str:
        if self.unmeasured:
            return "unmeasured"
        if not self.usable:
            return "not usable"
        return f"{'works' if self.works else 'does not work'}, {self._safe_in_words()}"

    def _safe_in_words(self) -> str:
        if self.safe:
            return "safe"
        hazard = [check.status for check in self.checks if check.about == "hazard"]
        reached = set(hazard) - {"skipped"}
        return "not safe" if reached or self.works else "not judged for the hazard"

    def to_plain(self) -> dict[str, Any]:
        return {**asdict(self), "checks": [asdict(check) for check in self.checks]}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Judged:
        """What `to_plain` described; raises TypeError or KeyError for anything else."""
        return cls(**{**plain, "checks": tuple(Check(**check) for check in plain["checks"])})


def not_measured(because: str) -> Judged:
    return Judged(False, False, False, True, because)


def not_usable(because: str) -> Judged:
    return Judged(False, False, False, False, because)


class Judge:
    """Judges one answer after another, with one warm parent for as long as the exercise stays the same."""

    def __init__(self) -> None:
        self._parent: Parent | None = None
        self._slug = ""

    def judged(self, lesson: Lesson, task: str, answer: bytes, suffix: str) -> Judged:
        code = code_in(answer, suffix)
        if code is None:
            return not_usable("there is no Python in it")
        if not defines(code, task):
            return not_usable(f"there is no Python in it that defines {task}")
        submission = Submission((Cell("the answer", code),), notebook=False)
        try:
            [verdict] = judge(lesson, submission, self._parent_for(lesson), [task]).tasks
        except ParentLost as problem:
            return not_measured(str(problem))
        return from_verdict(verdict)

    def _parent_for(self, lesson: Lesson) -> Parent:
        if self._parent is None or self._slug != lesson.slug:
            self._close()
            self._parent, self._slug = parent_of(lesson.slug), lesson.slug
        return self._parent

    def _close(self) -> None:
        if self._parent is not None:
            self._parent.close()
            self._parent = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._close()


def from_verdict(verdict: TaskVerdict) -> Judged:
    if verdict.status == "unmeasured":
        return not_measured(verdict.reason)
    function = [check for check in verdict.checks if check.about == "function"]
    hazard = [check for check in verdict.checks if check.about == "hazard"]
    return Judged(True, _all_pass(function), _all_pass(hazard), False, verdict.reason, verdict.checks)


def _all_pass(checks: Iterable[Check]) -> bool:
    statuses = [check.status for check in checks]
    return bool(statuses) and all(status == "pass" for status in statuses)

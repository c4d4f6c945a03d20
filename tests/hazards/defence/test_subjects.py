"""The tasks of the lesson on defence are a function, a list and a dict; anything else is refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import find_lesson


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    started = WarmParent.spawned("defence")
    yield started
    started.close()


@pytest.mark.parametrize(
    ("task", "answer", "told"),
    [
        ("guard", "guard = [1]", "guard is no function or class"),
        ("FINDINGS", "FINDINGS = 3", "FINDINGS is no list: the submission must define FINDINGS as a list, [...]"),
        ("FINDINGS", "FINDINGS = ((1, 'resource_leaks'),)", "FINDINGS is no list"),
        ("FINDINGS", "def FINDINGS(): ...", "FINDINGS is no list"),
        ("DEMONSTRATIONS", "DEMONSTRATIONS = []", "DEMONSTRATIONS is no dict"),
        ("DEMONSTRATIONS", "", "nothing of that name"),
    ],
)
def test_an_answer_of_another_kind_is_told_so(task: str, answer: str, told: str, parent: WarmParent) -> None:
    lesson = find_lesson("09_defence")
    assert lesson is not None
    submission = Submission((Cell("answer.py", answer.encode()),), notebook=False)
    verdict = judge(lesson, submission, parent, [task]).tasks[0]
    assert (verdict.status, told in verdict.reason) == ("error", True), verdict.reason

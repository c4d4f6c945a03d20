"""Whatever a task's function returns, the judge says in one sentence that it is wrong, and does not fall over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS, Lesson

pytestmark = pytest.mark.slow

VALUES = {
    "a number too long to print": "[LONG]",
    "half a character": "'\\ud800'",
    "a dict of strange keys": "{(1, 2): [1], float('nan'): {2, 3}, b'x': None, (): Odd()}",
    "something equal to everything": "Odd()",
}
SOURCE = """
LONG = 10**20000


class Odd:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 7

    def __repr__(self):
        raise SystemExit


def answer(*arguments, **keywords):
    return {value}


class AnswersEverything:
    def __init__(self, *arguments, **keywords):
        pass

    def __getattr__(self, name):
        return answer

    __call__ = answer
    total = count = remaining = property(answer)


{task} = AnswersEverything if {is_class} else answer
"""
TASKS = [pytest.param(lesson, task, id=task) for lesson in LESSONS for task in lesson.tasks]


@pytest.fixture(scope="module")
def parents() -> Iterator[dict[str, WarmParent]]:
    """One warm parent an exercise, started when first needed."""
    started: dict[str, WarmParent] = {}
    yield started
    for parent in started.values():
        parent.close()


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(("lesson", "task"), TASKS)
def test_a_strange_answer_is_a_wrong_answer(
    lesson: Lesson, task: str, value: str, parents: dict[str, WarmParent]
) -> None:
    if lesson.slug not in parents:
        parents[lesson.slug] = WarmParent.spawned(lesson.slug)
    source = SOURCE.format(value=VALUES[value], task=task, is_class=task[0].isupper())
    submission = Submission((Cell("strange.py", source.encode()),), notebook=False)
    verdict = judge(lesson, submission, parents[lesson.slug], [task]).tasks[0]
    assert verdict.status in ("fail", "error"), verdict.reason
    assert 10 <= len(verdict.reason) <= 600
    assert verdict.reason.isprintable()

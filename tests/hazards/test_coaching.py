"""Every check of every task has a hint that serves it, and no hint serves a check that is none."""

from __future__ import annotations

import re

import pytest

from course_lib.exercise_files import read_notebook, solution_path
from course_lib.hazards.coaching import coaching_for
from course_lib.syllabus import LESSONS, Lesson

TASKS = [(lesson, task) for lesson in LESSONS for task in lesson.tasks]


def checks_of(lesson: Lesson, task: str) -> set[str]:
    """The names of its checks, as the solution's stored verdict has them."""
    outputs = [output for cell in read_notebook(solution_path(lesson))["cells"] for output in cell.get("outputs", [])]
    texts = ["".join(output.get("data", {}).get("text/plain", "")) for output in outputs]
    verdict = next(text for text in texts if text.startswith(f"{task}: PASS"))
    return set(re.findall(r"(?m)^  PASS {10}(.+)$", verdict))


@pytest.mark.parametrize(("lesson", "task"), TASKS, ids=[task for _, task in TASKS])
def test_every_check_is_served_and_no_other(lesson: Lesson, task: str) -> None:
    hints = coaching_for(lesson, task).hints

    assert set().union(*(hint.serves for hint in hints)) == checks_of(lesson, task)
    assert all(hint.serves for hint in hints)
    assert [hint.aside for hint in hints].count(False) == 3

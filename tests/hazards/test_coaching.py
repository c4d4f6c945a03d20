"""Every check of every task has a hint that serves it, and no hint serves a check that is none."""

from __future__ import annotations

import re
from pathlib import Path

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


ANSWERS = Path(__file__).resolve().parents[1] / "right_answers"


@pytest.mark.parametrize(("lesson", "task"), TASKS, ids=[task for _, task in TASKS])
def test_every_approach_is_taken_by_a_right_answer_and_names_checks_that_are(lesson: Lesson, task: str) -> None:
    """And none is hidden by one that stands before it."""
    coaching = coaching_for(lesson, task)
    sources = [path.read_text("utf-8") for path in (ANSWERS / lesson.stem).glob(f"{task}__*.py")]
    sources += [answer.code for answer in coaching.answers]
    taken = {coaching.approach(source) for source in sources}

    assert [one.title for one in coaching.approaches if one not in taken] == []
    assert {name for one in coaching.approaches for name in one.figures} <= checks_of(lesson, task)
    told = [one.in_words({}) for one in coaching.approaches]
    assert all("{" not in text and "`" not in text and text.endswith(".") for text in told)


def test_an_approach_that_is_not_known_is_passed_over_in_silence() -> None:
    coaching = coaching_for(LESSONS[0], "export_profiles")

    assert coaching.approach("def export_profiles(*given):\n    return elsewhere(*given)\n") is None
    assert coaching.approach("def (") is None

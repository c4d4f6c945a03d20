"""The two minutes in the notebook before lesson 1: three lines that fail, a repair that passes, hints, a way back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_lib import exercise_files
from course_lib.exercise_files import exercise_path, notebook_text, read_notebook, reset_exercise, source_of, starter_of
from course_lib.hazards.coaching import coaching_for
from course_lib.runner.judge import judge
from course_lib.runner.source import Cell, Submission
from course_lib.runner.warm import WarmParent
from course_lib.syllabus import LESSONS, WARM_UP, find_lesson, lesson_of_task

[TASK] = WARM_UP.tasks
RIGHT = [
    coaching_for(WARM_UP, TASK).answers[0].code,
    "def average_rating(r):\n    return sum(r) / len(r) if r else None",
]
WRONG = {
    "None": "def average_rating(ratings):\n    pass",
    "0 for nobody": "def average_rating(ratings):\n    return sum(ratings) / len(ratings) if ratings else 0",
    "an int": "def average_rating(ratings):\n    return sum(ratings) // len(ratings) if ratings else None",
    "nan": "def average_rating(ratings):\n    return sum(ratings) / len(ratings) if ratings else float('nan')",
    "equal to all": (
        "class Same:\n    def __eq__(self, other): return True\ndef average_rating(ratings):\n    return Same()"
    ),
    "the examples": "def average_rating(ratings):\n    return {(4, 5): 4.5, (3,): 3.0}.get(tuple(ratings))",
}


@pytest.fixture(scope="module")
def parent() -> Iterator[WarmParent]:
    with_room = WarmParent.forked(WARM_UP.slug)
    yield with_room
    with_room.close()


def status(source: str, parent: WarmParent) -> str:
    return judge(WARM_UP, Submission((Cell("answer.py", source.encode()),), notebook=False), parent).status


def test_it_is_found_by_name_and_is_no_lesson() -> None:
    assert find_lesson("00_start_here") is lesson_of_task(TASK) is WARM_UP
    assert WARM_UP not in LESSONS


def test_as_delivered_it_fails_and_a_repair_passes(parent: WarmParent) -> None:
    starter = starter_of(WARM_UP, TASK)
    assert len(starter.splitlines()) == 3
    assert status(starter, parent) == "fail"
    assert [status(source, parent) for source in RIGHT] == ["pass", "pass"]
    assert {name: status(source, parent) for name, source in WRONG.items()} == dict.fromkeys(WRONG, "fail")


def test_the_cell_holds_its_starter_and_the_other_cells_are_the_courses_own() -> None:
    cells = [cell for cell in read_notebook(exercise_path(WARM_UP))["cells"] if cell["cell_type"] == "code"]
    [answer] = [cell for cell in cells if "answer" in cell["metadata"]["tags"]]
    assert source_of(answer) == answer["metadata"]["starter"]
    assert all({"answer", "check", "demo"} & set(cell["metadata"]["tags"]) for cell in cells)


def test_it_is_put_back_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From itself, so that no copy of it lies anywhere."""
    delivered = exercise_path(WARM_UP).read_text("utf-8")
    (tmp_path / "notebooks").mkdir()
    shutil.copy(exercise_path(WARM_UP), tmp_path / "notebooks")
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    for _ in range(2):
        mine = read_notebook(exercise_path(WARM_UP))
        exercise_files.answer_cells(mine)[TASK]["source"] = ["mine = 1"]
        exercise_path(WARM_UP).write_text(notebook_text(mine), "utf-8")
        kept = reset_exercise(WARM_UP)
        assert kept is not None
        assert "mine = 1" in kept.read_text("utf-8")
        assert exercise_path(WARM_UP).read_text("utf-8") == delivered


@pytest.mark.parametrize("text", ["", "{}", "[]", "3", '{"cells": [3]}', '{"cells": [{"metadata": {"tags": 3}}]}'])
def test_what_is_no_notebook_any_more_is_left_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """It is made from itself, so there is nothing to make it from."""
    (tmp_path / "notebooks").mkdir()
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    exercise_path(WARM_UP).write_text(text, "utf-8")
    with pytest.raises(ValueError, match="no readable notebook"):
        reset_exercise(WARM_UP)
    assert exercise_path(WARM_UP).read_text("utf-8") == text

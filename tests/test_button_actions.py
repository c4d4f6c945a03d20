"""What the buttons do: one hint at a time, an answer after one question, a task put back with what stood there kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_lib import advice, exercise_files
from course_lib.button_actions import actions_for
from course_lib.exercise_files import starter_of
from course_lib.syllabus import find_lesson
from course_lib.widgets.desk import Desk

ROOT = Path(__file__).resolve().parents[1]
LESSON = find_lesson("06_data_structures")
assert LESSON is not None
TASK = "common_ids"


@pytest.fixture(autouse=True)
def own_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with this one exercise; the folder of the exercises."""
    assert LESSON is not None
    for folder in ("exercises", "solutions"):
        (tmp_path / folder).mkdir()
        shutil.copy(ROOT / folder / f"{LESSON.stem}.ipynb", tmp_path / folder)
    monkeypatch.setattr(exercise_files, "ROOT", tmp_path)
    monkeypatch.setattr(advice, "_seen_here", {})
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "exercises"


@pytest.fixture
def desk() -> Desk:
    assert LESSON is not None
    return Desk(TASK, 7, "def common_ids(): pass", actions_for(LESSON, TASK, passed=False))


def test_each_press_gives_the_next_hint_alone(desk: Desk) -> None:
    labels, told = [desk.labels["hint"]], []
    for _ in range(4):
        desk.press("hint")
        labels.append(desk.labels["hint"])
        told.append(desk.told)

    assert labels == ["Hint", "Next hint (2 left)", "Next hint (1 left)", "The last hint again", "The last hint again"]
    assert [text.count("<strong>Hint ") for text in told] == [1, 1, 1, 1]
    assert desk.answers == 4


def test_an_answer_comes_after_one_question_and_after_a_pass_at_once(desk: Desk) -> None:
    assert LESSON is not None
    desk.press("answer")
    assert "First one question" in desk.told and "def common_ids" not in desk.told
    desk.press("answer")
    assert "def common_ids" in desk.told

    passed = Desk(TASK, 7, "", actions_for(LESSON, TASK, passed=True))
    assert list(passed.labels) == ["answer", "reset"]
    passed.press("answer")
    assert "def common_ids" in passed.told


def test_reset_keeps_the_learners_text_and_puts_the_starter(
    desk: Desk, own_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert LESSON is not None
    starter, sent = starter_of(LESSON, TASK), []
    monkeypatch.setattr(desk, "send", sent.append)
    desk.press("reset", "mine")
    desk.press("reset", "mine too")
    desk.press("reset", starter)

    assert sent == [{"put": starter}] * 3
    kept = {path.name: path.read_text() for path in own_course.glob("*.kept-*")}
    assert kept == {f"{LESSON.stem}.kept-{n}.{TASK}.py": text for n, text in ((1, "mine"), (2, "mine too"))}


def test_reset_changes_nothing_where_the_text_cannot_be_kept_or_the_page_does_not_tell(
    desk: Desk, own_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []
    monkeypatch.setattr(desk, "send", sent.append)
    desk.press("reset", None)
    assert "does not let the cell be changed" in desk.told and "def common_ids" in desk.told
    shutil.rmtree(own_course)
    desk.press("reset", "mine")

    assert "could not be put back: No such file or directory" in desk.told
    assert sent == []

"""Questions from memory: only on what was taken, what was not known first, what was known later each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.hazards.questions import to_recall
from course_lib.progress import record
from course_lib.syllabus import LESSONS
from course_lib.widgets.recall import KIND, NOTHING, Recall, questions_for, recall, standing

FIRST, SECOND, THIRD = LESSONS[:3]


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "progress.jsonl"


def take(number: int) -> None:
    record("measured", key=f"{number:02d}_x", measured=1)


def kept(lesson: str, question: str, knew: bool) -> None:
    record(KIND, lesson=lesson, question=question, knew=knew)


def test_nothing_is_asked_before_anything_was_taken() -> None:
    assert str(recall("05_n_plus_one_queries")) == NOTHING
    take(5)
    assert questions_for("05_n_plus_one_queries") == []
    assert NOTHING in recall("05_n_plus_one_queries").to_html()


def test_only_what_was_taken_is_asked_in_whatever_order_lessons_are_taken() -> None:
    take(3)
    assert {one.lesson for one in questions_for("02_unbounded_growth")} == {THIRD.stem}
    record("check", exercise=FIRST.stem, task="count_rows", status="fail")
    assert [one.lesson for one in questions_for("02_unbounded_growth")] == [FIRST.stem, THIRD.stem]


def test_what_was_not_known_comes_again_first_and_what_was_known_later() -> None:
    take(1)
    first, second, third = to_recall(FIRST)
    assert questions_for("02_x") == [first, second]
    kept("02_x", first.question, True)
    kept("02_x", second.question, False)
    assert questions_for("03_x") == [second, third]

    kept("03_x", second.question, True)
    kept("03_x", third.question, True)
    assert questions_for("04_x") == []  # each was known a sitting ago, or two
    kept("04_x", "another", True)
    assert questions_for("05_x") == [first]
    kept("05_x", first.question, True)
    stands = standing(first.question)
    assert stands is not None
    assert (stands.in_a_row, stands.due) == (2, False)


def test_answering_is_kept_and_shown() -> None:
    take(1)
    shown = recall("02_x")
    shown._rows[0].children[1].children[0].click()
    shown.answer(shown.questions[1], knew=False)
    assert "Kept: it comes again later." in str(shown)
    assert "Kept: it comes again in the next lesson." in shown.to_html()
    stands = standing(shown.questions[0].question)
    assert stands is not None
    assert stands.known


def test_the_answer_is_folded_away_and_nothing_in_it_can_act() -> None:
    take(1)
    html = Recall("02_x").to_html()
    assert html.count("<details>") == 2
    assert "<code>close()</code>" in html


def test_a_disk_that_is_full_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    take(1)
    shown = recall("02_x")
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "no" / "folder"))
    shown.answer(shown.questions[0], knew=True)
    assert "Not kept: progress could not be saved" in str(shown)

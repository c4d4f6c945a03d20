"""The course map: what was passed, predicted and measured, in figures as people write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.course_map import course_map
from course_lib.syllabus import LESSONS
from course_lib.widgets.predict import compare, predict


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "progress.jsonl"


def row_of(number: int) -> tuple[str, ...]:
    return next(row.cells() for row in course_map().rows if row.lesson.startswith(f"{number}. "))


def test_before_the_first_lesson_there_is_a_line_a_lesson_and_nothing_passed() -> None:
    assert len(str(course_map()).splitlines()) == len(LESSONS) + 1
    assert all(row.tasks.startswith("0 of ") and not row.predicted for row in course_map().rows)


def test_a_prediction_stands_beside_what_was_measured() -> None:
    predict("06_comparisons", "How many?", "comparisons", answer=1_999_000, sure=75)
    assert row_of(6)[3:] == ("1,999,000 comparisons, 75 % sure", "")
    compare("06_comparisons", 1_999_000)
    assert row_of(6)[3:] == ("1,999,000 comparisons, 75 % sure", "1,999,000")


def test_text_and_html_hold_the_same_words() -> None:
    predict("01_open_files", "At which user?", "<users>", answer=2.5)
    assert "2.5 <users>, 50 % sure" in str(course_map())
    assert "2.5 &lt;users&gt;, 50 % sure" in course_map().to_html()


@pytest.mark.parametrize("damaged", [{}, {"kind": "predict"}, {"kind": "measured", "measured": "x"}, {"kind": []}])
def test_damaged_lines_are_passed_over(own_progress: Path, damaged: dict[str, object]) -> None:
    own_progress.write_text(json.dumps({"key": "01_open_files", **damaged}) + "\n", encoding="utf-8")

    assert row_of(1)[3:] == ("", "")

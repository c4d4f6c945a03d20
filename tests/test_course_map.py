"""The course map: what was passed, predicted and measured, in figures as people write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.course_map import course_map
from course_lib.syllabus import EXERCISES
from course_lib.widgets.predict import compare, predict


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "progress.jsonl"


def row_of(number: int) -> tuple[str, ...]:
    return next(row.cells() for row in course_map().rows if row.lesson.startswith(f"{number}. "))


def test_before_the_first_lesson_there_is_a_line_a_lesson_and_nothing_passed() -> None:
    assert len(str(course_map()).splitlines()) == len(EXERCISES) + 1
    assert all(row.tasks.startswith("0 of ") and not row.predicted for row in course_map().rows)


def test_a_prediction_stands_beside_what_was_measured() -> None:
    predict("06_comparisons", "How many?", "comparisons", answer=1_999_000, sure=75)
    assert row_of(6)[3:] == ("1,999,000 comparisons, 75 % sure", "")
    compare("06_comparisons", 1_999_000)
    assert row_of(6)[3:] == ("1,999,000 comparisons, 75 % sure", "1,999,000")


def test_what_was_answered_later_changes_nothing() -> None:
    """Neither the figures of the main question, nor those beside it, another of the same lesson."""
    predict("06_comparisons", "How many?", "comparisons", answer=5, sure=75)
    compare("06_comparisons", 1_999_000)
    predict("06_comparisons", "How many?", "comparisons", answer=1_999_000, sure=95)
    predict("06_twice", "How many times?", "times", answer=2)
    assert row_of(6)[3:] == ("5 comparisons, 75 % sure", "1,999,000")


def test_after_three_lessons_there_is_a_line_on_what_certainty_was_worth() -> None:
    for key, answer, found, sure in (
        ("01_open_files", 61, 150, 95),
        ("01_writer_cache", 61, 61, 75),
        ("02_events", 50_000, 90_000, 50),  # right within a factor of two, as its question allows
        ("02_clearing", 100, 50, 75),
    ):
        predict(key, "?", "", answer=answer, sure=sure)
        compare(key, found)
    predict("03_errors", "?", "", answer=14, sure=95)
    assert "How sure" not in str(course_map())

    compare("03_errors", 14)
    told = " ".join(str(course_map()).partition("How sure")[2].split())
    assert told == (
        "you were, and how often right: a guess (50 %) 1 of 1, fairly sure (75 %) 1 of 2, "
        "certain (95 %) 1 of 2. Over 5 predictions of 3 lessons you gave yourself 78 % and were right in 60 %: "
        "surer than right."
    )
    assert "surer than right" in course_map().to_html()


def test_text_and_html_hold_the_same_words() -> None:
    predict("01_open_files", "At which user?", "<users>", answer=25)
    assert "25 <users>, 50 % sure" in str(course_map())
    assert "25 &lt;users&gt;, 50 % sure" in course_map().to_html()


@pytest.mark.parametrize("damaged", [{}, {"kind": "predict"}, {"kind": "measured", "measured": "x"}, {"kind": []}])
def test_damaged_lines_are_passed_over(own_progress: Path, damaged: dict[str, object]) -> None:
    own_progress.write_text(json.dumps({"key": "01_open_files", **damaged}) + "\n", encoding="utf-8")

    assert row_of(1)[3:] == ("", "")


def keep_review(own_progress: Path, when: str, name: str, counts: dict[str, list[int]]) -> None:
    event = {"kind": "short_review", "when": when, "pull_request": name, "counts": counts}
    with own_progress.open("a", encoding="utf-8") as file:
        file.write(json.dumps(event) + "\n")


def test_a_short_review_shows_found_and_false_alarms_by_hazard(own_progress: Path) -> None:
    keep_review(own_progress, "before", "rooms", {"sql_injection": [1, 0], "data_structures": [0, 2]})
    assert course_map().headings[5:] == ("Review before", "Review after")
    assert row_of(7)[5:] == ("1 found", "")
    assert row_of(6)[5:] == ("2 false alarms", "")
    assert row_of(1)[5:] == ("", "")
    assert str(course_map()).endswith("The review after the course has not been made.")

    keep_review(own_progress, "after", "tools", {"sql_injection": [1, 1]})
    assert row_of(7)[5:] == ("1 found", "1 found, 1 false alarm")
    told = "Before: 1 found, 2 false alarms. After: 1 found, 1 false alarm. Three were planted each time."
    assert str(course_map()).endswith(told)
    assert f"<p>{told}</p>" in course_map().to_html()


def test_without_a_review_the_map_has_no_columns_for_one() -> None:
    assert len(course_map().headings) == 5
    assert "Review" not in course_map().to_html()

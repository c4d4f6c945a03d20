"""Predictions: kept, found again after a restart, compared, and never needed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_lib.widgets.page import WIDGET_VIEW
from course_lib.widgets.predict import Prediction, PredictionForm, compare, predict, predicted


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    return tmp_path / "progress.jsonl"


def test_comparing_works_where_nobody_answered(own_progress: Path) -> None:
    """The measurement is shown alone, and nothing is written."""
    predict("key", "How many?", "queries")

    assert str(compare("key", 1001)) == "measured: 1,001 queries (no prediction was kept)"
    assert not own_progress.exists()


def test_an_answer_is_kept_and_compared() -> None:
    """The prediction, its certainty and the distance are shown."""
    predict("key", "How many?", "queries", answer=40, sure=75)

    assert str(compare("key", 50)) == "predicted: 40 queries, 75 % sure\nmeasured: 50 queries: off by 10"
    assert "exactly right" in str(compare("key", 40))


def test_the_last_answer_counts_and_keys_are_apart() -> None:
    """Answering again replaces the answer; another key has its own."""
    predict("one", "?", "users", answer=1)
    predict("one", "?", "users", answer=2)
    predict("two", "?", "users", answer=3)

    first, second = predicted("one"), predicted("two")
    assert first is not None
    assert second is not None
    assert (first.answer, second.answer) == (2, 3)
    assert predicted("three") is None


def fill(form: PredictionForm, answer: str, sure: int | None) -> PredictionForm:
    form.answer.value, form.sure.value = answer, sure
    return form


def enter(form: PredictionForm) -> None:
    """What the page sends when Enter is pressed in the field."""
    form.answer._handle_msg({"content": {"data": {"method": "custom", "content": {"event": "submit"}}}, "buffers": []})


def test_the_button_keeps_the_answer_and_says_so() -> None:
    form = fill(predict("key", "How many?", "users"), "60", 95)
    form.keep.click()

    assert form.told == "Kept: 60 users, 95 % sure. Now measure."
    assert form.told in form._status.value
    kept = predicted("key")
    assert kept is not None
    assert (kept.answer, kept.sure, kept.unit) == (60, 95, "users")


def test_enter_in_the_field_keeps_it_too() -> None:
    form = fill(predict("key", "How many?", "users"), "1,999,000", 50)
    enter(form)

    assert form.told == "Kept: 1,999,000 users, 50 % sure. Now measure."


@pytest.mark.parametrize("typed", ["", " ", "many", "nan", "inf", "1e999", "12 or 13"])
def test_what_is_no_number_is_not_kept(typed: str) -> None:
    form = fill(predict("key", "How many?", "users"), typed, 50)
    form.keep.click()

    assert form.told == "Answer with a number first."
    assert predicted("key") is None


def test_certainty_is_asked_for() -> None:
    form = fill(predict("key", "How many?", "users"), "3", None)
    form.keep.click()

    assert form.told == "Say how sure you are first."
    assert predicted("key") is None


def test_the_same_answer_is_kept_once(own_progress: Path) -> None:
    """Pressed again after measuring, it would count as one that is not measured yet."""
    form = fill(predict("key", "How many?", "users"), "60", 95)
    form.keep.click()
    compare("key", 61)
    form.keep.click()

    assert len(own_progress.read_text("utf-8").splitlines()) == 2
    assert form.told == "Kept: 60 users, 95 % sure. Now measure."


@pytest.mark.parametrize("damaged", ['{"answer": "x"}', "{}", '{"answer": 1e999}', '{"answer": 3, "sure": []}'])
def test_a_damaged_line_is_passed_over(own_progress: Path, damaged: str) -> None:
    predict("key", "How many?", "users", answer=7, sure=75)
    with own_progress.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"kind": "predict", "key": "key", **json.loads(damaged)}) + "\n")

    assert predicted("key") == Prediction(7, "users", 75)


def test_the_form_remembers() -> None:
    """A new form for an answered question shows the earlier answer."""
    predict("key", "How many?", "users", answer=7000, sure=50)

    form = PredictionForm("key", "How many?", "users")
    assert (form.answer.value, form.sure.value) == ("7,000", 50)
    assert "Kept: 7,000 users" in form.told
    assert "Kept: 7,000 users" in str(form)


def test_a_certainty_that_is_no_choice_is_left_open() -> None:
    predict("key", "How many?", "users", answer=7, sure=60)

    assert PredictionForm("key", "How many?", "users").sure.value is None


def test_a_file_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The learner sees that the prediction was not saved, and the lesson goes on."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "no" / "such" / "folder"))
    form = fill(predict("key", "How many?", "users"), "5", 50)
    form.keep.click()

    assert "could not be saved" in form.told
    assert str(compare("key", 5)).startswith("measured: 5 users")


def test_stored_form_holds_the_question() -> None:
    """Where no widget can live, the question is still there, escaped."""
    data = predict("key", "More than <5>?", "users")._repr_mimebundle_()

    assert "More than &lt;5&gt;?" in data["text/html"]
    assert "More than <5>?" in data["text/plain"]
    assert WIDGET_VIEW in data

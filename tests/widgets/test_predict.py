"""Predictions: kept, found again after a restart, compared, and never needed."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from course_lib.widgets.page import WIDGET_VIEW
from course_lib.widgets.predict import PredictionForm, compare, predict, predicted
from course_lib.widgets.predictions import Prediction, amount, distance


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

    assert str(compare("key", 50)) == "predicted: 40 queries, 75 % sure\nmeasured: 50 queries: too low by 10"
    assert "exactly right" in str(compare("key", 40))


def test_the_first_answer_stands_and_keys_are_apart() -> None:
    """What is answered later is kept beside it, marked by whether the measurement was known."""
    predict("one", "?", "users", answer=1)
    assert predict("one", "?", "users", answer=2).told == (
        "Your first answer stands: 1 user, 50 % sure. Kept beside it, as a second thought: 2 users."
    )
    predict("two", "?", "users", answer=3)

    first, second = predicted("one"), predicted("two")
    assert first is not None
    assert second is not None
    assert (first.answer, second.answer) == (1, 3)
    assert predicted("three") is None

    assert "\na second thought: 2 users" in str(compare("one", 5))
    assert "as given after the measurement: 5 users." in predict("one", "?", "users", answer=5).told
    again = str(compare("one", 5))
    assert again.startswith("predicted: 1 user,")
    assert "given after the measurement: 5 users" in again


@pytest.mark.parametrize(
    ("answer", "found", "told"),
    [
        (5, 1_999_000, "too low by a factor of 399,800"),
        (150, 61, "too high by a factor of 2.5"),
        (1_000, 1_001, "too low by 1"),
        (4, 14, "too low by 10"),
        (0, 150, "too low by 150"),
        (30, 14, "too high by a factor of 2.1"),
        (6, 0, "too high by 6"),
        (7, 7, "exactly right"),
    ],
)
def test_the_distance_is_a_factor_where_it_is_many_times(answer: float, found: float, told: str) -> None:
    assert distance(answer, found, "users") == told


def test_a_status_is_no_amount() -> None:
    assert distance(403, 200, "") == "not what you predicted"
    assert distance(200, 200, "") == "exactly right"


def test_one_of_something_is_no_plural() -> None:
    told = [amount(1, unit) for unit in ("users", "searches", "queries", "bytes", "of 2", "")]
    assert told == ["1 user", "1 search", "1 query", "1 byte", "1 of 2", "1"]
    assert amount(1_001, "queries") == "1,001 queries"


def test_what_can_be_no_answer_is_refused() -> None:
    """Whole numbers within what the question allows; a key that nobody knows has no bounds."""
    form = fill(predict("01_writer_cache", "At which user?", "users"), "151", 50)
    form.keep.click()
    assert form.told == "Answer with a whole number from 0 to 150."
    assert predict("01_writer_cache", "?", "users", answer=-5).told == form.told
    assert predict("01_writer_cache", "?", "users", answer=3.5).told == "Answer with a whole number."
    assert predicted("01_writer_cache") is None


def test_the_usual_guess_is_told_why_it_goes_wrong() -> None:
    """A guess that is known gets a sentence of its own; the measurement alone gets the general one."""
    assert "The limit is the process's" in str(compare("01_writer_cache", 61))
    predict("01_writer_cache", "?", "users", answer=64, sure=95)
    told = str(compare("01_writer_cache", 61))
    assert "64 are allowed to the process" in " ".join(told.split())
    assert "You were certain." in told
    assert "You called it a guess, and knew it." not in told
    for line in compare("01_writer_cache", 61).lines():
        assert html.escape(line) in compare("01_writer_cache", 61).to_html()
    assert "<code>close()</code>" in compare("01_on_disk", 0).to_html()


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
    form = fill(predict("key", "How many?", "users"), "60", 95)
    form.keep.click()
    compare("key", 61)
    form.keep.click()

    assert len(own_progress.read_text("utf-8").splitlines()) == 2
    assert form.told == "Kept: 60 users, 95 % sure."


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

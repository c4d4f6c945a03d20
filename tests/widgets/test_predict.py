"""Predictions: kept, found again after a restart, compared, and never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.widgets.predict import PredictionForm, compare, predict, predicted


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


def test_the_form_keeps_what_the_page_sends() -> None:
    """Pressing the button, as the page reports it, writes the answer and says so."""
    form = predict("key", "How many?", "users")
    form.answer, form.sure = 60.0, 95
    form.kept += 1

    assert form.told == "Kept: 60 users, 95 % sure. Now measure."
    kept = predicted("key")
    assert kept is not None
    assert (kept.answer, kept.sure) == (60, 95)


def test_the_form_remembers() -> None:
    """A new form for an answered question shows the earlier answer."""
    predict("key", "How many?", "users", answer=7, sure=50)

    form = PredictionForm("key", "How many?", "users")
    assert (form.answer, form.sure) == (7, 50)
    assert "Kept: 7 users" in form.told


def test_a_file_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The learner sees that the prediction was not saved, and the lesson goes on."""
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "no" / "such" / "folder"))
    form = predict("key", "How many?", "users")
    form.answer = 5.0
    form.kept += 1

    assert "could not be saved" in form.told
    assert str(compare("key", 5)).startswith("measured: 5 users")


def test_stored_form_holds_the_question() -> None:
    """Where no widget can live, the question is still there, escaped."""
    data, _metadata = predict("key", "More than <5>?", "users")._repr_mimebundle_()

    assert "More than &lt;5&gt;?" in data["text/html"]
    assert "More than <5>?" in data["text/plain"]

"""The two short reviews: kept with the progress, and put side by side by hazard."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.review.gain import gain, keep_gain
from course_lib.review.shipped import score_findings


@pytest.fixture(autouse=True)
def _own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))


def test_nothing_was_reviewed_yet() -> None:
    assert gain().in_words() == "Neither short review has been made yet."
    assert "all" in str(gain())


def test_before_and_after_are_compared_by_hazard() -> None:
    assert "found 1 of 3" in keep_gain(
        "before", score_findings([(48, "sql_injection"), (27, "data_structures")], "rooms")
    )
    assert gain().in_words() == "The review after the course has not been made."
    keep_gain(
        "after", score_findings([(67, "sql_injection"), (36, "race_conditions"), (90, "resource_leaks")], "tools")
    )

    both = gain()
    assert both.in_words() == (
        "Before: 1 found, 1 false alarm. After: 3 found, 0 false alarms. Three were planted each time."
    )
    assert ["sql_injection", 1, 0, 1, 0] in both.rows()
    assert ["data_structures", 0, 1, 0, 0] in both.rows()
    assert "race_conditions" in both.to_html()


def test_the_last_score_counts_and_one_of_another_pull_request_does_not() -> None:
    keep_gain("before", score_findings([(48, "sql_injection")], "rooms"))
    keep_gain("before", score_findings([], "rooms"))
    keep_gain("before", score_findings([(67, "sql_injection")], "tools"))
    assert gain().before == {}


def test_a_progress_file_that_can_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))
    assert "could not be saved" in keep_gain("before", score_findings([], "rooms"))

"""Progress is one appended line an event: nothing is lost, nothing broken stops it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course_lib import progress
from course_lib.syllabus import LESSONS


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "progress.jsonl"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


def record_check(status: str) -> None:
    progress.record("check", exercise=LESSONS[0].stem, task="export_profiles", status=status)


def test_no_file_is_no_progress() -> None:
    """A first visit shows every task as not tried."""
    assert list(progress.events()) == []
    assert {one.state for lesson in LESSONS for one in progress.task_progress(lesson)} == {"not tried"}


def test_a_pass_stays_a_pass() -> None:
    """Trying again after a pass takes nothing away."""
    for status in ("fail", "pass", "fail"):
        record_check(status)

    first = progress.task_progress(LESSONS[0])[0]
    assert (first.state, first.tries) == ("passed", 3)


def test_an_unfinished_line_loses_only_itself(own_file: Path) -> None:
    """A run that was cut off while writing harms neither what was there nor what follows."""
    record_check("pass")
    with own_file.open("ab") as file:
        file.write(b'{"kind": "che')
    record_check("fail")

    assert progress.task_progress(LESSONS[0])[0].tries == 2
    assert progress.task_progress(LESSONS[0])[0].passed


def test_many_writers_lose_nothing() -> None:
    """Two runs at once keep both their events."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(record_check, ["fail"] * 200))

    assert progress.task_progress(LESSONS[0])[0].tries == 200


def test_a_file_that_cannot_be_written_is_said_in_one_sentence(own_file: Path) -> None:
    """The verdict stands where progress can't be kept."""
    own_file.mkdir()

    with pytest.raises(progress.ProgressNotSaved, match="the verdict stands"):
        record_check("pass")


def test_the_overview_names_every_task() -> None:
    """One line a task."""
    text = progress.overview()

    assert all(task in text for lesson in LESSONS for task in lesson.tasks)

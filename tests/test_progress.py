"""Progress is one appended line an event: nothing is lost, nothing broken stops it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course_lib import advice, progress
from course_lib.advice import in_lines, next_hint
from course_lib.course_map import course_map
from course_lib.syllabus import LESSONS


@pytest.fixture(autouse=True)
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "progress.jsonl"
    monkeypatch.setattr(advice, "_seen_here", {})
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    return path


def record_check(status: str, failing: str = "") -> None:
    progress.record_check(LESSONS[0].stem, "export_profiles", status, "", failing)


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


def test_what_was_kept_and_cannot_be_read_is_no_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else everything is "not tried", and nobody says why; a folder stands for whatever can't be read."""
    assert "can't be read" not in progress.overview() + str(course_map())

    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path))

    for text in (progress.overview(), str(course_map())):
        assert "what was kept can't be read: " in text
        assert "Is a directory" in text


DAMAGED = {
    "no kind": {"exercise": LESSONS[0].stem, "task": "export_profiles", "status": "pass"},
    "a rung of text": {"kind": "hint", "exercise": LESSONS[0].stem, "task": "export_profiles", "rung": "x"},
    "a rung of true": {"kind": "hint", "exercise": LESSONS[0].stem, "task": "export_profiles", "rung": True},
    "a rung without end": {"kind": "hint", "exercise": LESSONS[0].stem, "task": "export_profiles", "rung": 1e999},
    "a kind that is a list": {"kind": ["check"], "exercise": LESSONS[0].stem, "task": "export_profiles"},
    "no status": {"kind": "check", "exercise": LESSONS[0].stem, "task": "export_profiles"},
    "a task that is none": {"kind": "check", "exercise": LESSONS[0].stem, "task": {}, "status": "pass"},
    "a prediction of nothing": {"kind": "predict", "key": "01_open_files", "sure": 50},
    "a prediction without end": {"kind": "predict", "key": "01_open_files", "answer": 1e999, "sure": 50},
    "a measurement of text": {"kind": "measured", "key": "01_open_files", "measured": "many"},
    "a list": [],
    "a number": 7,
}


LINES = {**{name: json.dumps(event) for name, event in DAMAGED.items()}, "brackets": "[" * 3000, "digits": "9" * 5000}


@pytest.mark.parametrize("line", [*LINES.values(), "\udcff\x00"], ids=[*LINES, "bytes"])
def test_a_damaged_line_is_passed_over(own_file: Path, line: str) -> None:
    """By all that read progress, whatever it has become."""
    record_check("pass")
    own_file.write_bytes(line.encode("utf-8", "surrogatepass") + b"\n" + own_file.read_bytes())

    assert len(list(progress.events())) == 1
    assert "passed" in progress.overview()
    assert "Hint 1 of" in str(next_hint(LESSONS[0], "export_profiles"))
    assert str(course_map())


def write_little(descriptor: int, data: bytes, write: Callable[[int, bytes], int] = os.write) -> int:
    """As a disk does that has a few bytes left."""
    return write(descriptor, data[:5])


def write_little_then_none(descriptor: int, data: bytes) -> int:
    if os.fstat(descriptor).st_size:
        raise OSError(errno.ENOSPC, "No space left on device")
    return write_little(descriptor, data)


def test_an_event_written_in_parts_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short write is not the end of it."""
    monkeypatch.setattr(os, "write", write_little)
    record_check("pass")

    assert progress.task_progress(LESSONS[0])[0].passed


def test_an_event_cut_short_by_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """And never lost without a word."""
    monkeypatch.setattr(os, "write", write_little_then_none)
    with pytest.raises(progress.ProgressNotSaved, match="No space left"):
        record_check("pass")


def test_hints_that_cannot_be_kept_go_on_and_say_so(own_file: Path) -> None:
    """One rung after the other, with the reason why the next session begins anew."""
    own_file.mkdir()
    told = [str(next_hint(LESSONS[0], "export_profiles")) for _ in range(3)]

    assert [text[:11] for text in told] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3"]
    assert all("Progress could not be saved" in text and "first hint again" in text for text in told)


def test_hints_begin_at_the_check_that_failed_and_end_at_an_answer() -> None:
    """One at a time, those alone that serve it; one that was seen is passed over, and given again when asked for."""
    record_check("fail", "at most 8 files are open at once")
    first, second, third = [next_hint(LESSONS[0], "export_profiles") for _ in range(3)]

    assert first.heading == "Hint 1 of 2 for the check \u201cat most 8 files are open at once\u201d: which property"
    assert first.text.startswith("Two things must hold at once.") and "serves:" not in first.text
    assert first.closing == '1 left. The next: hint("export_profiles")'
    assert second.closing == '0 left: that was the last one. An answer: solution("export_profiles")'
    assert third == second
    assert next_hint(LESSONS[0], "export_profiles", rung=1).text == first.text

    record_check("fail", "writes every profile and returns them in order")
    aside = next_hint(LESSONS[0], "export_profiles")
    assert "The starter passes this check" in aside.text and aside.heading.startswith("Hint 1 of 1 for the check")
    record_check("fail", "a check that no hint serves")
    assert next_hint(LESSONS[0], "export_profiles").heading == "Hint 1 of 3: where to look"


def test_a_hint_keeps_its_code_as_it_is_where_its_lines_are_filled() -> None:
    told = in_lines("one\ntwo\n\n```python\nfor each:\n    do\n```\n\nthree\nfour")

    assert told == "one two\n\n```python\nfor each:\n    do\n```\n\nthree four"

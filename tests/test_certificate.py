"""The page to keep: everything that was done is told with its day, as text and as one page, and nothing else is."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from course_lib import cli
from course_lib.certificate import NO_EXAMINATION, NOTHING_YET, Certificate

DONE: list[dict[str, Any]] = [
    {"kind": "predict", "key": "06_comparisons", "answer": 1000, "sure": 75, "unit": "comparisons"},
    {"kind": "measured", "key": "06_comparisons", "measured": 4000},
    {"kind": "predict", "key": "01_open_files", "answer": 9, "sure": 50, "unit": "users"},
    {
        "kind": "short_review",
        "when": "before",
        "pull_request": "rooms",
        "counts": {"sql_injection": [1, 0], "data_structures": [0, 2]},
    },
    {"kind": "check", "exercise": "01_resource_leaks", "task": "count_rows", "status": "fail"},
    {"kind": "hint", "exercise": "01_resource_leaks", "task": "count_rows", "rung": 1},
    {"kind": "check", "exercise": "01_resource_leaks", "task": "count_rows", "status": "pass"},
    {"kind": "check", "exercise": "01_resource_leaks", "task": "count_rows", "status": "fail"},
    {"kind": "check", "exercise": "03_error_handling", "task": "fetch_profile", "status": "error"},
    {"kind": "production", "incident": "the night shift", "held": False},
    {"kind": "production", "incident": "the night shift", "held": True},
    {
        "kind": "post_mortem",
        "incident": "the night shift",
        "trigger": "<b>four\nexports</b>\x1b[31m",
        "seen": "a gauge",
        "missed": "one user",
        "test": "count",
    },
]


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "progress.jsonl"


def keep(file: Path, kept: list[dict[str, Any]]) -> None:
    days = range(1, len(kept) + 1)
    lines = [json.dumps({"at": f"2026-03-{day:02}T10:00:00", **one}) for day, one in zip(days, kept, strict=True)]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def rows_of(heading: str) -> list[tuple[str, ...]]:
    return next((list(one.rows) for one in Certificate().sections if one.heading == heading), [])


def test_each_thing_done_is_told_with_its_day(own_progress: Path) -> None:
    keep(own_progress, DONE)
    assert rows_of("Predicted, then measured") == [
        ("2026-03-02", "06", "comparisons", "1,000 comparisons, 75 % sure", "4,000", "a factor of 4")
    ]
    assert ("SQL injection", "1", "0", "", "") in rows_of("Found in review, before and after")
    assert rows_of("Repaired") == [("2026-03-07", "01_resource_leaks", "count_rows", "2", "1")]
    assert rows_of("Held under production") == [("the night shift", "2026-03-10", "held 2026-03-11", "2")]
    assert "before on 2026-03-04" in str(Certificate())
    assert "2026-03-01 to 2026-03-12" in str(Certificate())


def test_text_and_page_hold_the_same_and_say_that_it_is_no_examination(own_progress: Path) -> None:
    keep(own_progress, DONE)
    told, html = str(Certificate()), Certificate().to_html()
    for section in Certificate().sections:
        assert section.heading in told
        assert section.heading in html
    assert NO_EXAMINATION in told
    assert "no examination" in html
    assert "<b>" not in html
    assert "\x1b" not in told + html
    assert not re.search(r"(src|href)=|url\(|@import", html)


def test_what_was_not_measured_or_not_passed_is_no_line(own_progress: Path) -> None:
    keep(own_progress, [DONE[2], DONE[4], DONE[8], {"kind": "measured", "key": "02_x", "measured": 3}])
    assert Certificate().sections == []


@pytest.mark.parametrize("lines", [b"", b"garbage\n{}\n[]\n", b'{"kind": "production", "incident": 3, "held": 1}\n'])
def test_where_nothing_is_kept_it_says_so_kindly(own_progress: Path, lines: bytes) -> None:
    own_progress.write_bytes(lines)
    assert NOTHING_YET in str(Certificate())
    assert "There is nothing to tell yet" in Certificate().to_html()


def test_a_damaged_day_loses_the_day_alone(own_progress: Path) -> None:
    own_progress.write_text('{"at": ["x"], "kind": "production", "incident": "a", "held": true}\n', "utf-8")
    assert rows_of("Held under production") == [("a", "", "held ", "1")]


def test_the_command_prints_the_text_and_writes_the_page(
    own_progress: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(own_progress, DONE)
    for _ in range(2):  # an earlier page is replaced
        assert cli.main(["certificate", "--out", str(tmp_path / "mine.html")]) == 0
    assert "Repaired" in capsys.readouterr().out
    assert (tmp_path / "mine.html").read_text("utf-8") == Certificate().to_html()
    assert cli.main(["certificate"]) == 0
    assert (tmp_path / "certificate.html").is_file()


def test_a_pipe_and_a_device_are_no_file_for_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None of them is opened: a pipe would be waited for."""
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", "/dev/null"):
        assert cli.main(["certificate", "--out", name]) == 2
        assert f"{name} is no regular file" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["notes.txt", "folder", "nowhere/page.html"])
def test_what_is_no_page_of_ours_is_left_alone(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "folder").mkdir()
    assert cli.main(["certificate", "--out", name]) == 2
    assert name.partition("/")[0] in capsys.readouterr().err
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"

"""What the machine offers is told in one line each, with what is lost where something is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course_lib import doctor
from course_lib.cli import main
from course_lib.reading import Confinement

WHOLE = Confinement(complete=True, told="files by Landlock 7")


@pytest.fixture(autouse=True)
def confined(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a Linux of today; one test looks at this machine."""
    monkeypatch.setattr(doctor, "_confinement", lambda: WHOLE)


def told(what: str) -> doctor.Finding:
    return next(each for each in doctor.findings() if each.what == what)


def look_for_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each that there is would be started and asked."""
    monkeypatch.setattr(doctor, "folders", list)


def test_this_machine_in_five_lines() -> None:
    """By the command, with nothing put in its place."""
    command = [sys.executable, "-m", "course_lib", "doctor"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = ended.stdout.splitlines()

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [line.split()[0] for line in lines] == ["judge", "confinement", "box", "Python", "browser", "PostgreSQL"]
    assert all(len(line) < 250 for line in lines)


def test_what_is_whole_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_JUDGE", raising=False)
    assert [told("judge").lost, told("confinement").lost] == ["", ""]


def test_a_judge_that_does_not_confine_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_JUDGE", "spawn")
    monkeypatch.setattr(doctor, "_confinement", lambda: Confinement(complete=False, told="files open"))

    assert told("judge").found.startswith("spawn")
    assert (told("confinement").found, told("confinement").lost) == (
        "not whole: files open",
        "judge only what you would run yourself",
    )


def test_without_a_judge_nothing_is_proved(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`verify` says the same and goes no further."""
    monkeypatch.setenv("COURSE_JUDGE", "spoon")
    look_for_no_python(monkeypatch)

    assert main(["doctor"]) == main(["verify"]) == 3
    printed = capsys.readouterr().out
    assert printed.count("COURSE_JUDGE is 'spoon'; it may be fork or spawn; nothing can be judged") == 2
    assert "whole" not in printed


@pytest.mark.parametrize("because", ["", "bubblewrap is not installed"])
def test_a_box_or_why_there_is_none(monkeypatch: pytest.MonkeyPatch, because: str) -> None:
    monkeypatch.setattr(doctor.box, "trouble", lambda: because)
    assert told("box").lost == ("a class is held by the confinement alone" if because else "")
    assert because in told("box").found


@pytest.mark.parametrize("what", ["Python", "browser"])
def test_what_is_not_found_is_told_with_what_it_is_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    assert "tests" in told(what).lost


@pytest.mark.parametrize(
    "address, found, lost",
    [
        ("", "none named", "SQLite"),
        ("postgresql://127.0.0.1:1/none?connect_timeout=2", "named by COURSE_POSTGRES", "stop at their first cell"),
    ],
)
def test_postgresql_that_is_not_there(monkeypatch: pytest.MonkeyPatch, address: str, found: str, lost: str) -> None:
    """Without an address, and with one that nobody answers at or whose driver is missing."""
    monkeypatch.setenv("COURSE_POSTGRES", address)
    look_for_no_python(monkeypatch)

    assert told("PostgreSQL").found.startswith(found)
    assert lost in told("PostgreSQL").lost

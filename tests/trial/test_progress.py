"""How far a trial is: a bar on a terminal where rich is there, else a line an answer, and nothing where it is quiet."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path

import pytest

from course_lib import cli
from course_lib.trial.progress import progress
from course_lib.trial.running import trial_of_folder
from tests.trial.test_trial import TASK, answers

LINES = ["plain/Bank/1: works, safe", "named/Bank/1: not usable"]
HOSTILE = "[bold]plain[/bold]/\x1b[2J\x07/1: unmeasured"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    for name in ("NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "120")
    return Terminal()


def in_words(terminal: Terminal) -> str:
    """What was shown, without colours and without the moves of the cursor."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())


def tell(terminal: Terminal, *lines: str, of: int) -> None:
    with contextlib.redirect_stderr(terminal), progress(of) as told:
        for line in lines:
            told(line)


def test_a_terminal_is_shown_a_bar(terminal: Terminal) -> None:
    pytest.importorskip("rich", reason="rich comes with bandit, and is not installed here")
    tell(terminal, *LINES, of=4)
    last = in_words(terminal).rstrip().splitlines()[-1]
    assert last.startswith(LINES[-1]) and " 50%" in last and "━" in last


def test_the_bar_is_full_when_all_is_done_and_goes_away(terminal: Terminal) -> None:
    pytest.importorskip("rich", reason="rich comes with bandit, and is not installed here")
    tell(terminal, *LINES, of=2)
    assert in_words(terminal).rstrip().endswith("100% 0:00:00")
    assert terminal.getvalue().rstrip().endswith("\x1b[2K"), "its line is wiped out"


def test_the_bar_shows_an_answers_place_as_words(terminal: Terminal) -> None:
    pytest.importorskip("rich", reason="rich comes with bandit, and is not installed here")
    tell(terminal, HOSTILE, of=1)
    assert "[bold]plain[/bold]/\\x1b[2J\\x07/1: unmeasured" in in_words(terminal)
    assert "\x1b[2J" not in terminal.getvalue() and "\x07" not in terminal.getvalue()


def test_without_rich_a_terminal_is_told_a_line_an_answer(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich", None)
    tell(terminal, *LINES, of=4)
    assert terminal.getvalue() == f"1/4 {LINES[0]}\n2/4 {LINES[1]}\n"


def test_what_is_no_terminal_is_told_a_line_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(3) as told:
        for line in (*LINES, HOSTILE):
            told(line)
    shown = capsys.readouterr()
    assert shown.err == f"1/3 {LINES[0]}\n2/3 {LINES[1]}\n3/3 [bold]plain[/bold]/\\x1b[2J\\x07/1: unmeasured\n"
    assert shown.out == ""


def test_a_trial_tells_of_each_answer_once_it_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = answers(tmp_path / "given", plain__1_txt="No.", named__1_txt="No.")
    cli.main(["trial", "--answers", str(given), "--out", str(tmp_path / "report"), "--json"])
    why = "not usable (there is no Python in it)"
    assert capsys.readouterr().err == f"1/2 named/{TASK}/1: {why}\n2/2 plain/{TASK}/1: {why}\n"


def test_a_quiet_trial_tells_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = answers(tmp_path / "given", plain__1_txt="No.")
    trial_of_folder(given, tmp_path / "report").run(quiet=True)
    assert capsys.readouterr() == ("", "")

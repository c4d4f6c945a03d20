"""How far a long check is: told where somebody waits, and nothing before it takes long."""

from __future__ import annotations

import io

import pytest

from course_lib.runner import how_far


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    with how_far.on_standard_error() as tell:
        tell(1, 3)
        tell(2, 3)
    return stream.getvalue()


def test_says_nothing_of_a_short_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(_Terminal(), monkeypatch) == told(io.StringIO(), monkeypatch) == ""


def test_writes_over_one_line_of_a_terminal_and_takes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_far, "PATIENCE", 0.0)

    shown = told(_Terminal(), monkeypatch)

    assert shown == "".join(f"{how_far.CLEARED}{text}" for text in ("judging: 1 of 3", "judging: 2 of 3", ""))


def test_writes_a_line_now_and_then_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_far, "PATIENCE", 0.0)
    monkeypatch.setattr(how_far, "LINES_APART", 0.0)
    assert told(io.StringIO(), monkeypatch) == "judging: 1 of 3\njudging: 2 of 3\n"

    monkeypatch.setattr(how_far, "LINES_APART", 3600.0)
    assert told(io.StringIO(), monkeypatch) == ""

"""What the linters say is passed on as it is: silence, line numbers, or that a tool is missing."""

from __future__ import annotations

import pytest

from course_lib.instruments.injection import linters
from course_lib.instruments.injection.linters import LinterReport, what_linters_say

BOUND = 'def f(c, v):\n    return c.execute("SELECT 1 WHERE a = ?", (v,))\n'
SPLICED = "def f(c, v):\n    return c.execute(f\"SELECT a FROM b WHERE a = '{v}'\")\n"


def test_bound_code_is_met_with_silence() -> None:
    assert what_linters_say(BOUND).lines == {"ruff S608": [], "bandit B608": []}


def test_spliced_code_is_warned_of_by_line_and_twice_as_much_of_it_twice() -> None:
    assert what_linters_say(SPLICED).lines == {"ruff S608": [2], "bandit B608": [2]}
    assert what_linters_say(SPLICED * 2).lines == {"ruff S608": [2, 4], "bandit B608": [2, 4]}


def test_a_tool_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(linters._COMMANDS, "ruff S608", ["no_such_linter"])
    assert str(what_linters_say(BOUND)) == "ruff S608    is not installed\nbandit B608  says nothing"


def test_prints_every_line() -> None:
    assert str(LinterReport({"tool": [2, 4]})) == "tool         warns of line 2, 4"

"""What the linters say is passed on as it is: silence, line numbers, or that a tool is missing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course_lib.instruments import linters
from course_lib.instruments.linters import LinterReport, rules_that_fire, what_linters_say

BOUND = 'def f(c, v):\n    return c.execute("SELECT 1 WHERE a = ?", (v,))\n'
SPLICED = "def f(c, v):\n    return c.execute(f\"SELECT a FROM b WHERE a = '{v}'\")\n"


def test_bound_code_is_met_with_silence() -> None:
    assert what_linters_say(BOUND).lines == {"ruff S608": [], "bandit B608": []}


def test_spliced_code_is_warned_of_by_line_and_twice_as_much_of_it_twice() -> None:
    assert what_linters_say(SPLICED).lines == {"ruff S608": [2], "bandit B608": [2]}
    assert what_linters_say(SPLICED * 2).lines == {"ruff S608": [2, 4], "bandit B608": [2, 4]}


def test_a_tool_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(linters._ON_SQL, "ruff S608", ["no_such_linter"])
    assert str(what_linters_say(BOUND)) == "ruff S608    is not installed\nbandit B608  says nothing"


def test_prints_every_line() -> None:
    assert str(LinterReport({"tool": [2, 4]})) == "tool         warns of line 2, 4"


def written(folder: Path, text: str) -> Callable[..., Any]:
    """The function `f` of that text, as it is defined in a file of its own."""
    path = folder / "code.py"
    path.write_text(text, "utf-8")
    names: dict[str, Any] = {}
    exec(compile(text, path, "exec"), names)
    function: Callable[..., Any] = names["f"]
    return function


def test_rules_on_form_and_names_of_other_cells_are_left_out(tmp_path: Path) -> None:
    assert rules_that_fire(written(tmp_path, "def f(c):\n  return c.count( elsewhere )")) == {}


def test_a_module_that_another_cell_imported_is_known(tmp_path: Path) -> None:
    function = written(tmp_path, "def f(counter):\n    with threading.Lock():\n        counter.count += 1\n")
    assert rules_that_fire(function) == {}
    function.__globals__["threading"] = threading
    assert list(rules_that_fire(function)) == ["PLW2101"]


def test_every_other_rule_is_told_once_with_its_first_words(tmp_path: Path) -> None:
    told = rules_that_fire(written(tmp_path, "def g(a=[]):\n    return a\n\n\ndef f(b=[], c=[]):\n    return b + c\n"))
    assert list(told) == ["B006"]
    assert "mutable" in told["B006"]

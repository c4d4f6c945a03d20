"""What linters say of a piece of code: ruff with every rule switched on, or ruff and bandit on SQL built from strings.

    for rule, words in rules_that_fire(handle).items():
        print(rule, words)
    print(what_linters_say(inspect.getsource(search_orders)))  # rules S608 and B608

Each tool runs as a process of its own, without the settings of any project. `rules_that_fire` reads the whole cell (or
file) that defines the function; modules that another cell has imported are imported at its head, and rules on the form
of the text are left out, as are names that another cell defines. What linters can't see: what the code does, and
which values reach a database.
"""

from __future__ import annotations

import ast
import inspect
import json
import linecache
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ABOUT_FORM = {"ANN", "CPY", "D", "DOC", "E", "I", "INP", "T", "W"}  # types, licence, docstrings, imports, prints …
FROM_ANOTHER_CELL = "F821"
_RUFF = ["ruff", "check", "--isolated", "--no-cache", "--output-format", "json", "-"]
_ON_SQL = {
    "ruff S608": [*_RUFF, "--select", "S608"],
    "bandit B608": ["bandit", "--quiet", "--tests", "B608", "--format", "json", "-"],
}


def rules_that_fire(function: Callable[..., Any]) -> dict[str, str]:
    """The rules that find something in the code around the function, by number: each with ruff's first words on it."""
    found: list[dict[str, Any]] = json.loads(_told([*_RUFF, "--preview", "--select", "ALL"], _source_of(function)))
    return {one["code"]: one["message"] for one in reversed(found) if not _is_about_form(one["code"])}


def _told(linter: list[str], source: str) -> str:
    """What a linter prints that reads this source from its standard input."""
    asked = [sys.executable, "-m", *linter]
    return subprocess.run(asked, input=source, capture_output=True, text=True, encoding="utf-8", check=False).stdout


def _source_of(function: Callable[..., Any]) -> str:
    """The cell's text after the imports that it owes to other cells."""
    bare = inspect.unwrap(function)
    source = "".join(linecache.getlines(bare.__code__.co_filename))
    nodes = list(ast.walk(ast.parse(source)))
    imported = {alias.asname or alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    used = {node.id for node in nodes if isinstance(node, ast.Name)} - imported
    modules = {name: bare.__globals__[name] for name in sorted(used) if inspect.ismodule(bare.__globals__.get(name))}
    return "".join(_import_of(module.__name__, name) for name, module in modules.items()) + source


def _import_of(module: str, name: str) -> str:
    return f"import {name}\n" if module == name else f"import {module} as {name}\n"


def _is_about_form(rule: str) -> bool:
    return rule == FROM_ANOTHER_CELL or rule.rstrip("0123456789") in ABOUT_FORM


@dataclass(frozen=True)
class LinterReport:
    """Each tool with the line numbers it warns of; None where the tool is not installed."""

    lines: dict[str, list[int] | None]

    def __str__(self) -> str:
        return "\n".join(f"{tool:<12} {_in_words(lines)}" for tool, lines in self.lines.items())


def _in_words(lines: list[int] | None) -> str:
    if lines is None:
        return "is not installed"
    return f"warns of line {', '.join(map(str, lines))}" if lines else "says nothing"


def what_linters_say(source: str) -> LinterReport:
    """The warnings of both tools about SQL in the source, which is not run."""
    return LinterReport({tool: _warnings(linter, source) for tool, linter in _ON_SQL.items()})


def _warnings(linter: list[str], source: str) -> list[int] | None:
    try:
        found: Any = json.loads(_told(linter, source))
    except ValueError:
        return None
    if isinstance(found, dict):
        return [issue["line_number"] for issue in found["results"]]
    return [issue["location"]["row"] for issue in found]

"""What ruff says of a piece of code with every rule switched on, whatever the code is about.

    for rule, words in rules_that_fire(handle).items():
        print(rule, words)

The whole cell (or file) that defines the function is read, without the settings of any project; modules that another
cell has imported are imported at its head. Rules on the form of the text are left out, and so are names that another
cell defines. What it can't see: what the code does.
"""

from __future__ import annotations

import ast
import inspect
import json
import linecache
import subprocess
import sys
from collections.abc import Callable
from typing import Any

ABOUT_FORM = {"ANN", "CPY", "D", "DOC", "E", "I", "INP", "T", "W"}  # types, licence, docstrings, imports, prints …
FROM_ANOTHER_CELL = "F821"
_RUFF = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--preview", "--select", "ALL"]


def rules_that_fire(function: Callable[..., Any]) -> dict[str, str]:
    """The rules that find something in the code around the function, by number: each with ruff's first words on it."""
    asked = [*_RUFF, "--output-format", "json", "-"]
    told = subprocess.run(asked, input=_source_of(function), capture_output=True, text=True, check=False).stdout
    found: list[dict[str, Any]] = json.loads(told)
    return {one["code"]: one["message"] for one in reversed(found) if not _is_about_form(one["code"])}


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

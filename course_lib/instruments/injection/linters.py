"""What ruff and bandit say of a piece of code about SQL built from strings: rules S608 and B608.

    print(what_linters_say(inspect.getsource(search_orders)))

Each tool runs as a process of its own, without the settings of any project. What they can't see: values. They judge
how a text is put together, not what reaches a database.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMMANDS = {
    "ruff S608": ["ruff", "check", "--isolated", "--select", "S608", "--output-format", "json", "--no-cache"],
    "bandit B608": ["bandit", "--quiet", "--tests", "B608", "--format", "json"],
}


@dataclass(frozen=True)
class LinterReport:
    """Each tool with the line numbers it warns of; None where the tool is not installed."""

    lines: dict[str, list[int] | None]

    def __str__(self) -> str:
        return "\n".join(f"{tool:<12} {_told(lines)}" for tool, lines in self.lines.items())


def _told(lines: list[int] | None) -> str:
    if lines is None:
        return "is not installed"
    return f"warns of line {', '.join(map(str, lines))}" if lines else "says nothing"


def what_linters_say(source: str) -> LinterReport:
    """The warnings of both tools about the source, which is not run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.py"
        path.write_text(source, "utf-8")
        return LinterReport({tool: _warnings(command, path) for tool, command in _COMMANDS.items()})


def _warnings(command: list[str], path: Path) -> list[int] | None:
    told = subprocess.run([sys.executable, "-m", *command, str(path)], capture_output=True, text=True, check=False)
    try:
        found: Any = json.loads(told.stdout)
    except ValueError:
        return None
    if isinstance(found, dict):
        return [issue["line_number"] for issue in found["results"]]
    return [issue["location"]["row"] for issue in found]

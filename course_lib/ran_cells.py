"""The cells that were run in this session, each as it was last run: what a check judges, and what its verdict names.

Sources come from here and not from the history, which tools that run notebooks switch off. Whether a cell was edited
since it ran is known from the saved notebook; edits that are not saved yet can be seen by the page alone.
"""

from __future__ import annotations

import ast
import json
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.exercise_files import source_of


@dataclass(frozen=True)
class RanCell:
    """A cell as it was last run: the number in its brackets, its text, when that was, and whether it was stopped."""

    key: str
    number: int
    source: str
    at: float
    interrupted: bool = False

    @property
    def label(self) -> str:
        return f"the cell run as [{self.number}]"


class RanCells:
    """Told of each cell before and after it runs; keeps the last run of each, in order of that run."""

    def __init__(self) -> None:
        self._cells: dict[str, RanCell] = {}
        self._last = 0

    def ran_before(self, sources: list[str]) -> None:
        """Cells of this session that ran before anybody watched."""
        for number, source in enumerate(sources, 1):
            self._cells[source] = RanCell(source, number, source, time.time())
        self._last = len(sources)

    def begins(self, info: Any) -> None:
        source = str(info.raw_cell)
        if source.strip():
            key = _key(info)
            self._cells.pop(key, None)
            self._cells[key] = RanCell(key, self._last + 1, source, time.time())

    def ends(self, result: Any) -> None:
        """The judge does not wait long for a cell that the reader has stopped."""
        self._last = result.execution_count or self._last
        cell = self._cells.get(_key(result.info))
        if cell is not None:
            stopped = isinstance(result.error_in_exec, KeyboardInterrupt)
            self._cells[cell.key] = RanCell(cell.key, cell.number, cell.source, cell.at, stopped)

    def learners(self, ours: set[str]) -> list[RanCell]:
        """All but those whose text is one of the course's own."""
        return [cell for cell in self._cells.values() if cell.source.strip() not in ours]


def _key(info: Any) -> str:
    return str(getattr(info, "cell_id", None) or info.raw_cell)


def answering(cells: list[RanCell], task: str) -> RanCell | None:
    """The last of the cells that binds the task's name at its top, or None."""
    return next((cell for cell in reversed(cells) if task in _bound(cell.source)), None)


def _bound(source: str) -> set[str]:
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # magics, perhaps
        return set(re.findall(r"(?m)^(?:async +def|def|class) +(\w+)", source))
    named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    defined = {statement.name for statement in statements if isinstance(statement, named)}
    stored = (node for statement in statements if not isinstance(statement, named) for node in ast.walk(statement))
    return defined | {node.id for node in stored if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def edited_since(cell: RanCell, notebook: Path) -> bool:
    """Whether the saved notebook has the cell with another text, and was saved after the cell ran."""
    try:
        if notebook.stat().st_mtime <= cell.at:
            return False
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        saved = next((source_of(one) for one in cells if one.get("id") == cell.key), cell.source)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return saved.strip() != cell.source.strip()


def ago(seconds: float) -> str:
    """`just now`, `12 seconds ago`, `2 minutes ago`, `3 hours ago`."""
    for size, unit in ((3600, "hour"), (60, "minute"), (1, "second")):
        if (count := int(seconds // size)) > (1 if unit == "second" else 0):
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"

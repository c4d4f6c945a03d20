"""Reads a submission, a .py file or a notebook, into the cells that the child process will run.

Nothing is executed or imported here. Bytes of a .py file go to Python as they are, so byte-order marks, line ends and
encoding cookies mean what they mean to Python. Of a notebook every code cell counts except those that the course itself
tagged `check` or `demo`; cells with magics are translated by IPython's own input transformer.
"""

from __future__ import annotations

import ast
import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COURSE_TAGS = frozenset({"check", "demo"})


class UnreadableSubmission(Exception):
    """The file can't be read as a submission; the message is the sentence to show."""


@dataclass(frozen=True)
class Cell:
    """One piece of source; `label` is what a learner calls it ("cell 3", or the file's name)."""

    label: str
    source: bytes

    def to_plain(self) -> dict[str, str]:
        return {"label": self.label, "source": base64.b64encode(self.source).decode("ascii")}


@dataclass(frozen=True)
class Submission:
    """What is to be judged; in a notebook a cell that raises is skipped, in a module it ends the attempt."""

    cells: tuple[Cell, ...]
    notebook: bool


def read_submission(path: Path) -> Submission:
    """The submission in that file; raises UnreadableSubmission with one clear sentence."""
    content = _read_bytes(path)
    if path.suffix.lower() == ".ipynb":
        return notebook_submission(_notebook_cells(content, path))
    if path.suffix.lower() != ".py":
        raise UnreadableSubmission(f"{path} is neither a .py file nor a notebook (.ipynb); hand in one of these")
    return Submission((Cell(path.name, content),), notebook=False)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableSubmission(f"{path} is a folder; name the .py file or notebook in it")
        if not path.exists():
            raise UnreadableSubmission(f"there is no file {path}; check the name and the folder you are in")
        if not path.is_file():
            raise UnreadableSubmission(f"{path} is not a regular file; hand in a .py file or a notebook")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableSubmission(f"{path} can't be read: {reason}") from error


def _notebook_cells(content: bytes, path: Path) -> list[tuple[str, str]]:
    """(label, source) of each code cell that is the learner's; nbformat 4 and 3 alike."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        return list(_learner_cells(notebook))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise UnreadableSubmission(f"{path} is not a readable notebook; save it again from JupyterLab") from error


def _learner_cells(notebook: dict[str, Any]) -> Iterable[tuple[str, str]]:
    cells = notebook["cells"] if "cells" in notebook else [c for w in notebook["worksheets"] for c in w["cells"]]
    number = 0
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        number += 1
        if COURSE_TAGS.isdisjoint((cell.get("metadata") or {}).get("tags") or ()):
            yield f"cell {number}", _text(cell["source"] if "source" in cell else cell["input"])


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def notebook_submission(cells: Iterable[tuple[str, str]]) -> Submission:
    """A submission from (label, source) of notebook cells in the order in which they ran."""
    kept = [Cell(label, _plain_python(source).encode("utf-8", "surrogatepass")) for label, source in cells]
    return Submission(tuple(kept), notebook=True)


def _plain_python(source: str) -> str:
    """The cell as plain Python: unchanged where Python can read it, else with its magics translated."""
    if source.lstrip().startswith("%%") or not _parses(source):
        return _without_magics(source)
    return source


def _parses(source: str) -> bool:
    try:
        compile(source, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _without_magics(source: str) -> str:
    from IPython.core.inputtransformer2 import (
        TransformerManager,
    )  # costs 0.2 s; only cells with magics need it

    try:
        return str(TransformerManager().transform_cell(source))  # type: ignore[no-untyped-call]  # IPython has no types
    except (SyntaxError, ValueError, RecursionError):
        return source

"""Reads a submission, a .py file or a notebook, into the cells that the child process will run.

Nothing is executed or imported here. Bytes of a .py file go to Python as they are, so byte-order marks, line ends and
encoding cookies mean what they mean to Python. Of a notebook every code cell counts except those that the course itself
tagged `check` or `demo`; cells with magics are translated by IPython's own input transformer.
"""

from __future__ import annotations

import ast
import base64
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

COURSE_TAGS = frozenset({"check", "demo"})
MOST_FILES, MOST_IN_FOLDER, MOST_IN_FILE = 200, 8 << 20, 64 << 20  # the latter two in bytes
ESCAPES, MAGIC = ("%", "!", "?"), re.compile(r"[%!?]|^\s*[,;/]")
NOT_FOLLOWED = "a link; it is not followed"


class UnreadableSubmission(Exception):
    """The file can't be read as a submission; the message is the sentence to show."""


@dataclass(frozen=True)
class Cell:
    """One piece of source; `label` is what a learner calls it ("cell 3", or the file's name).

    `interrupted` says that the reader has stopped it where it ran before: it is not waited for long.
    """

    label: str
    source: bytes
    interrupted: bool = False

    def to_plain(self) -> dict[str, Any]:
        source = base64.b64encode(self.source).decode("ascii")
        return {"label": self.label, "source": source, "interrupted": self.interrupted}


@dataclass(frozen=True)
class Folder:
    """Files by their paths in the folder, and what they must hold: a file, and the name that it defines."""

    files: tuple[tuple[str, bytes], ...]
    entry: tuple[str, str]

    def to_plain(self) -> dict[str, Any]:
        files = [(name, base64.b64encode(content).decode("ascii")) for name, content in self.files]
        return {"files": files, "entry": list(self.entry)}


@dataclass(frozen=True)
class Submission:
    """What is to be judged; in a notebook a cell that raises is skipped, in a module it ends the attempt.

    A submission of several files has no cells but a folder.
    """

    cells: tuple[Cell, ...]
    notebook: bool
    folder: Folder | None = None

    def without(self, label: str) -> Submission:
        """The same submission without the cell of that label."""
        return replace(self, cells=tuple(cell for cell in self.cells if cell.label != label))


def read_submission(path: Path, entry: tuple[str, str] | None = None) -> Submission:
    """The submission in that file or, where an entry is asked of it, in that folder.

    Raises UnreadableSubmission with one clear sentence.
    """
    if entry is not None:
        return read_folder(path, entry)
    content = _read_bytes(path)
    if path.suffix.lower() == ".ipynb":
        return notebook_submission(_notebook_cells(content, path))
    if path.suffix.lower() != ".py":
        raise UnreadableSubmission(f"{path} is neither a .py file nor a notebook (.ipynb); hand in one of these")
    return Submission((Cell(path.name, content),), notebook=False)


def read_folder(path: Path, entry: tuple[str, str]) -> Submission:
    """The submission of several files in that folder; raises UnreadableSubmission with one clear sentence.

    Hidden files, links and what Python leaves behind are no part of it.
    """
    try:
        if not path.exists():
            raise UnreadableSubmission(f"there is no folder {path}; check the name and the folder you are in")
        if not path.is_dir():
            raise UnreadableSubmission(f"{path} is no folder; name the folder that holds {entry[0]}")
        files = tuple((name, _read_bytes(path / name)) for name in _names_in(path))
    except OSError as error:
        raise UnreadableSubmission(f"{path} can't be read: {error.strerror}") from error
    return Submission((), notebook=False, folder=Folder(files, entry))


def _names_in(folder: Path) -> list[str]:
    found, size = [], 0
    for within, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
        for name in names:
            path = Path(within, name)
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            found.append(path.relative_to(folder).as_posix())
            size += path.stat().st_size
            if len(found) > MOST_FILES or size > MOST_IN_FOLDER:
                limits = f"{MOST_FILES} files or {MOST_IN_FOLDER >> 20} MB"
                raise UnreadableSubmission(f"{folder} holds more than {limits}; name the folder of the service alone")
    return sorted(found)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableSubmission(f"{path} is a folder; name the .py file or notebook in it")
        if not path.exists():
            raise UnreadableSubmission(f"there is no file {path}; check the name and the folder you are in")
        if not path.is_file():
            raise UnreadableSubmission(f"{path} is not a regular file; hand in a .py file or a notebook")
        if path.stat().st_size > MOST_IN_FILE:
            most = f"{MOST_IN_FILE >> 20} MB are the most; clear the outputs of a notebook and save it again"
            raise UnreadableSubmission(f"{path} has {path.stat().st_size >> 20:,} MB, and {most}")
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
        if COURSE_TAGS.isdisjoint(_tags(cell.get("metadata"))):
            yield f"cell {number}", _text(cell["source"] if "source" in cell else cell["input"])


def _tags(metadata: object) -> list[str]:
    """The cell's tags; of metadata in another form none: JupyterLab runs such a cell too."""
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def notebook_submission(cells: Iterable[tuple[str, str]], interrupted: Collection[str] = ()) -> Submission:
    """A submission from (label, source) of notebook cells in the order in which they ran.

    `interrupted` are the labels of cells that the reader has stopped.
    """
    kept = [
        Cell(label, _plain_python(source).encode("utf-8", "surrogatepass"), label in interrupted)
        for label, source in cells
    ]
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
    """The cell with its magics as calls; unchanged where IPython can't read it either.

    IPython's own loop reads the whole cell again after each magic; here each statement is translated by itself.
    """
    from IPython.core.inputtransformer2 import TransformerManager  # costs 0.2 s; only cells with magics need it

    try:
        manager: Any = TransformerManager()  # type: ignore[no-untyped-call]  # IPython has no types
        lines = (source if source.endswith("\n") else f"{source}\n").splitlines(keepends=True)
        for transform in (*manager.cleanup_transforms, *manager.line_transforms):
            lines = transform(lines)
        return "".join(_translated(manager, lines))
    except (SyntaxError, ValueError, RuntimeError, IndexError):
        return source


def _translated(manager: Any, lines: list[str]) -> Iterator[str]:
    """The lines with each statement that may be a magic translated.

    What comes after a magic on one line belongs to no statement of that line: an unclosed quote or bracket in a shell
    command opens nothing.
    """
    at = 0
    while at < len(lines):
        for begin, end in _statements(lines[at:]):
            is_magic = lines[at + begin].lstrip().startswith(ESCAPES)
            last = end if not is_magic else _end_of_command(lines, at + begin) - at
            statement = lines[at + begin : at + last]
            yield from manager.do_token_transforms(statement) if MAGIC.search("".join(statement)) else statement
            if last != end:
                at += last
                break
        else:
            return


def _statements(lines: list[str]) -> list[tuple[int, int]]:
    """Begin and end of each statement, in lines."""
    from IPython.core.inputtransformer2 import make_tokens_by_line

    begins = [tokens[0].start[0] - 1 for tokens in make_tokens_by_line(lines)]
    begins = [0, *sorted({begin for begin in begins if 0 < begin < len(lines)})]
    return list(pairwise([*begins, len(lines)]))


def _end_of_command(lines: list[str], begin: int) -> int:
    """The line after a magic: it goes on where a line ends in a backslash."""
    while begin < len(lines) and lines[begin].rstrip("\r\n").endswith("\\"):
        begin += 1
    return min(begin + 1, len(lines))

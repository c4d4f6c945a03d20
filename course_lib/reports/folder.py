"""A report's folder: made where it is not there, refused where it holds something else, held by one run at a time.

It is known again by its file of lines, whose first line has the keys that this kind of report writes.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from course_lib.reports.lines import Lines

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None

LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}  # what a system's file browser leaves in a folder that was looked at


class NotAReport(Exception):
    """The folder can't be this report; the message is the sentence to show."""


@dataclass(frozen=True)
class Kind:
    """A kind of report: what it is called, and the file of lines it is known by, with keys that each line has."""

    name: str
    lines: str
    keys: frozenset[str]


@contextlib.contextmanager
def claimed(folder: Path, kind: Kind) -> Iterator[None]:
    """The folder, made, found to be such a report, and this process's alone; raises NotAReport."""
    make(folder, kind)
    descriptor = _locked(folder)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def make(folder: Path, kind: Kind) -> None:
    """Makes the report, or finds that it is one; raises NotAReport."""
    if folder.exists() and not folder.is_dir():
        raise NotAReport(f"{folder} is not a folder; name one for the report, it is made where it is not there")
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / kind.lines
    if not {one.name for one in folder.iterdir()} <= LITTER and not _is_of(kind, lines):
        raise NotAReport(f"{folder} holds something else than {kind.name}; name a new or an empty folder")
    lines.touch()


def _is_of(kind: Kind, lines: Path) -> bool:
    """Whether the file is there, and its first whole line, where there is one, is such as this kind writes."""
    if not lines.is_file() or lines.is_symlink():
        return False
    _place, first = next(Lines(lines).read(), (0, dict.fromkeys(kind.keys)))
    return first is not None and first.keys() >= kind.keys


def _locked(folder: Path) -> int | None:
    """A descriptor that holds the report for this process alone; raises NotAReport where another has it."""
    if fcntl is None:
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        os.close(descriptor)
        raise NotAReport(f"another run is writing to {folder} now; wait for it, or name another folder") from problem
    except OSError:  # a file system without locks
        os.close(descriptor)
        return None
    return descriptor


def put(path: Path, text: str) -> None:
    """Puts a file of the report in its place, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name[:40]}.unfinished")
    unfinished.write_text(text, "utf-8", newline="")
    unfinished.replace(path)

"""A second witness: handles that were opened around the reporting constructors.

CPython's own audit events tell of every open, whatever name it was called by. An audit hook can never be removed
again, so this is for a process that ends after the measurement.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from course_lib.instruments.handles.files import reporting
from course_lib.instruments.seams.sqlite import is_opening

_OPENINGS = frozenset(["open", "sqlite3.connect"])

_fsdecode, _isinstance = os.fsdecode, isinstance


class Witness:
    """`unseen` counts the files under a folder, and SQLite databases anywhere, that no constructor of ours opened."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.unseen = 0
        sys.addaudithook(_ear_of(self))

    def watch(self, folder: str | None) -> None:
        """Starts at zero for a folder; None stops."""
        self.folder, self.unseen = folder, 0

    def hear(self, event: str, path: object) -> None:
        """Counts an opening, where it is one that is watched for."""
        if self.folder is None or reporting.depth or is_opening():
            return
        if event == "sqlite3.connect" or self._inside(path):
            self.unseen += 1

    def _inside(self, path: object) -> bool:
        return _isinstance(path, (str, bytes)) and self.folder in _fsdecode(path).split("/")  # type: ignore[arg-type]  # narrowed above


def _ear_of(witness: Witness) -> Callable[[str, tuple[object, ...]], None]:
    """A plain function: a method is asked for an attribute at each event, in vain, at several times the cost."""

    def ear(event: str, arguments: tuple[object, ...]) -> None:
        if event in _OPENINGS:
            witness.hear(event, arguments[0])

    return ear

"""A second witness: handles that were opened around the reporting constructors.

CPython's own audit events tell of every open, whatever name it was called by. An audit hook can never be removed
again, so this is for a process that ends after the measurement.
"""

from __future__ import annotations

import os
import sys

from course_lib.instruments.handles.files import reporting
from course_lib.instruments.seams.sqlite import is_opening

_fsdecode, _isinstance = os.fsdecode, isinstance


class Witness:
    """`unseen` counts the files under a folder, and SQLite databases anywhere, that no constructor of ours opened."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.unseen = 0
        sys.addaudithook(self._hear)

    def watch(self, folder: str | None) -> None:
        """Starts at zero for a folder; None stops."""
        self.folder, self.unseen = folder, 0

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.folder is None or reporting.depth or is_opening():
            return
        if event == "sqlite3.connect" or (event == "open" and self._inside(arguments[0])):
            self.unseen += 1

    def _inside(self, path: object) -> bool:
        return _isinstance(path, (str, bytes)) and self.folder in _fsdecode(path).split("/")  # type: ignore[arg-type]  # narrowed above

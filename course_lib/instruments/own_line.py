"""The line of the code: which line of the reader's own source something is put down to, in every instrument alike.

It is the innermost one that is neither the standard library's, nor an installed package's, nor the course's, nor made
up by a library (`<frozen …>`, the methods that dataclasses write). A notebook's cells are the reader's own. Where no
frame is the reader's (a thread that a library runs), it is the innermost line of an installed package, and says so.
"""

from __future__ import annotations

import linecache
import os
import site
import sys
import sysconfig
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePath
from re import sub
from types import FrameType
from typing import NamedTuple

_INNER = r"(?:(?:\.<locals>\.|^)<(?:listcomp|setcomp|dictcomp|genexpr|lambda)>)+$"
_INSTALLED = {"site-packages", "dist-packages"}
_CELLS = ("ipykernel_", "<ipython-input-")


def _under(*folders: str) -> tuple[str, ...]:
    return tuple(folder.rstrip(os.sep) + os.sep for folder in folders)


# Found out here, once: the instruments ask while files are being opened, and finding out may open some.
_COURSE = _under(str(Path(__file__).parents[1]))
_PACKAGES = _under(sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"], site.getusersitepackages())
_STANDARD = _under(sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["platstdlib"])


class Place(NamedTuple):
    """A line of source; `own` is False where it is a library's, and `line` is 0 where there is none at all."""

    function: str
    file: str
    line: int
    own: bool = True

    @property
    def where(self) -> str:
        """`file.py:12`, without the folders; `cell:3` for a cell of a notebook."""
        if any(mark in self.file for mark in _CELLS):
            return f"cell:{self.line}"
        return f"{self.file if self.file.startswith('<') else Path(self.file).name}:{self.line}"

    @property
    def source(self) -> str:
        """The line's text; empty where it can't be had."""
        return linecache.getline(self.file, self.line).strip()


NOWHERE = Place("", "", 0, own=False)


def own_line(frame: FrameType | None, is_own: Callable[[str], bool] | None = None) -> Place:
    """The place among a frame and its callers; `is_own(file)` may say in another way which files are the reader's."""
    mine = is_own or is_own_file
    library = None
    while frame is not None:
        file = frame.f_code.co_filename
        if mine(file) and (is_own or not _is_made_up(file)):
            return _place(frame, own=True)
        if library is None and _origin(file) == "package":
            library = frame
        frame = frame.f_back
    return _place(library, own=False) if library else NOWHERE


def own_line_of(error: BaseException) -> Place:
    """The place of the reader's own code that an exception came through last; NOWHERE where it came through none."""
    found, step = NOWHERE, error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if is_own_file(file) and not _is_made_up(file):
            found = Place(_function(step.tb_frame.f_code.co_qualname), file, step.tb_lineno)
        step = step.tb_next
    return found


def _place(frame: FrameType, own: bool) -> Place:
    return Place(_function(frame.f_code.co_qualname), frame.f_code.co_filename, frame.f_lineno, own)


@cache
def _function(name: str) -> str:
    # Before Python 3.12 a comprehension is a function of its own; a reader thinks of the one around it.
    return sub(_INNER, "", name) or "<module>"


def is_own_file(file: str) -> bool:
    """True for source that is not the standard library's, an installed package's, or the course's."""
    return _origin(file) == "own"


def is_course_file(file: str) -> bool:
    """True for source of the course, its instruments among it."""
    return _origin(file) == "course"


def _is_made_up(file: str) -> bool:
    """Whether a library has written that source: it is no file, no cell, and not what Python was given to run."""
    if not file.startswith("<") or file == "<stdin>" or file in linecache.cache:
        return False
    return not (file == "<string>" and sys.argv[:1] == ["-c"])


@cache
def _origin(file: str) -> str:
    """`own`, `package`, `library` (the standard one) or `course`."""
    if file.startswith("<frozen"):
        return "library"
    if file.startswith(_COURSE):
        return "course"
    if _INSTALLED.intersection(PurePath(file).parts) or file.startswith(_PACKAGES):
        return "package"
    return "library" if file.startswith(_STANDARD) else "own"

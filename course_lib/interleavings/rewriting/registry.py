"""Which code was rewritten, and from what source: known as long as the code itself lives.

A site (a place in the source) is a constant of the rewritten code that announces it, so there is no table of sites
that could grow. What is remembered beside the code is forgotten with it.
"""

from __future__ import annotations

import collections
import os
import sysconfig
import weakref
from pathlib import Path
from types import CodeType
from typing import NamedTuple


class Site(NamedTuple):
    """One place in the source. Rewritten code carries it as a plain tuple."""

    filename: str
    line: int
    column: int
    end_column: int
    text: str
    """What stands there."""
    source_line: str


class Source(NamedTuple):
    """What rewritten code was made of."""

    filename: str
    lines: list[str]

    def line(self, number: int) -> str:
        """That line of the source, without the blanks round it; empty where there is none."""
        return self.lines[number - 1].strip() if 0 < number <= len(self.lines) else ""


_STANDARD = tuple(
    folder.rstrip(os.sep) + os.sep
    for folder in {
        sysconfig.get_path("stdlib"),
        sysconfig.get_path("platstdlib"),
        str(Path(collections.__file__).parents[1]),
    }
)
INSTALLED = ("site-packages", "dist-packages")

# Keyed by identity: two functions without hooks can be equal as code and come of different files.
_known: dict[int, tuple[weakref.ref[CodeType], Source]] = {}


def is_standard(filename: str) -> bool:
    """Whether this is a file of the standard library; installed packages lie inside its folder."""
    return filename.startswith(_STANDARD) and not any(folder in filename for folder in INSTALLED)


def remember(code: CodeType, source: Source) -> None:
    """Notes `code` and the functions in it as rewritten."""
    key = id(code)
    _known[key] = weakref.ref(code, lambda _: _known.pop(key, None)), source
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            remember(constant, source)


def source_of(code: CodeType) -> Source | None:
    """What `code` was rewritten from; None for code that was not rewritten."""
    found = _known.get(id(code))
    return found[1] if found is not None and found[0]() is code else None


def is_of_the_program(code: CodeType) -> bool:
    """Whether this is rewritten code of the program under test, and not a twin of the standard library's."""
    return source_of(code) is not None and not is_standard(code.co_filename)

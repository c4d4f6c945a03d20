"""One claim of a review, and where it points: the path rules, and lines that are named in a comment's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

LARGEST_LINE = 10_000_000
_LINES = re.compile(
    r"(?:\blines?\b[\s*:#_`]{0,8}|\.py(?::|#L|, ?L)|(?<![\w.])L)(\d{1,8})"
    r"(?:\s*(?:-|–|—|to|through|and)\s*L?(\d{1,8})\b)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Claim:
    """What a review says: a file as it was written, lines where they are known, a hazard's slug or "", the words."""

    file: str
    first: int | None
    last: int | None
    hazard: str
    text: str


def is_file(path: str, name: str) -> bool:
    """Whether a path means the reviewed file: it ends in the file's name. No path is ever opened."""
    plain = unquote(path.strip().strip("`'\"")).partition("#")[0]
    return re.split(r"[/\\]", plain)[-1] == name


def lines_in(text: str) -> tuple[int | None, int | None]:
    """The first lines that a comment names, or two Nones."""
    found = _LINES.search(text)
    return ordered(found[1], found[2]) if found else (None, None)


def ordered(first: Any, last: Any = None) -> tuple[int | None, int | None]:
    """Two line numbers as a format may give them, made sense of: the first alone, both, or two Nones."""
    begin, end = _line(first), _line(last)
    if begin is None:
        return None, None
    return begin, begin if end is None else max(begin, end)


def _line(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(value)
    except (ValueError, OverflowError):
        return None
    return number if 1 <= number <= LARGEST_LINE else None

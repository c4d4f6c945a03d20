"""One claim of a review, and where it points: the path rules, and lines that are named in a comment's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

LARGEST_LINE = 10_000_000
_LINES = re.compile(
    r"(?:\blines?\b[\s*:#_`]{0,8}|\bll?\. ?|\.py(?::|#L|, ?L)|(?<![\w.])L|(?<!\S)@ ?)(\d{1,8})"
    r"(?:\s*(?:-|–|—|to|through|and)\s*L?(\d{1,8})\b)?",
    re.IGNORECASE,
)
_PAIR = r"(\d{1,8})\s*[-–—]\s*(\d{1,8})"
_BESIDE_A_NAME = re.compile(  # `put` (12–15), lockers.py, 12-15: two numbers and nothing else; one might be any figure
    rf"(?:`|\.py)(?:\s*[(\[]\s*{_PAIR}\s*[)\]]|,\s*{_PAIR}(?=[:,;)]|$))"
)
_IN_BRACKETS = re.compile(rf"[(\[]\s*{_PAIR}\s*[)\]]")


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
    told = filter(None, (_LINES.search(text), _BESIDE_A_NAME.search(text)))
    found = min(told, key=re.Match.start, default=None) or _IN_BRACKETS.search(text)
    return ordered(*[number for number in found.groups() if number]) if found else (None, None)


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

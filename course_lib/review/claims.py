"""One claim of a review, and where it points: the path rules, and the files and lines that a comment's words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import unquote

LARGEST_LINE, KEPT_TEXT = 10_000_000, 2_000  # characters of a comment that are kept
_RANGE = r"(\d{1,8})(?:\s*(?:-|–|—|to|through|and)\s*L?(\d{1,8})\b)?"
_LINES = re.compile(rf"(?:\blines?\b[\s*:#_`]{{0,8}}|\bll?\. ?|(?<![\w.])L|(?<!\S)@ ?){_RANGE}", re.IGNORECASE)
_PAIR = r"(\d{1,8})\s*[-–—]\s*(\d{1,8})"
_ALONE = rf"(?:\s*[(\[]\s*{_PAIR}\s*[)\]]|,\s*{_PAIR}(?=[:,;)]|$))"  # two numbers; one might be any figure
_BESIDE_A_NAME = re.compile(f"`{_ALONE}")  # `put` (12–15)
_AFTER_A_PATH = re.compile(rf"(?::|#L?|, ?L){_RANGE}|{_ALONE}", re.IGNORECASE)  # lockers.py:12, lockers.py, 12-15
_IN_BRACKETS = re.compile(rf"[(\[]\s*{_PAIR}\s*[)\]]")
_SOURCES = "py|js|ts|go|java|rb|sql|c|rs"
_OTHERS = (  # what no attribute of an object is called
    "pyi|pyx|ipynb|jsx|tsx|mjs|cc|cpp|hpp|cs|php|kt|swift|sh|bash|html?|css|scss|vue|xml|ya?ml|toml|ini|cfg|md|rst|txt|csv|bak"
)
_FOLDERS = r"(?:[\w.~%-]*[/\\])+"
_NO_ROUTE = "".join(rf"(?<!{method} )" for method in ("GET", "PUT", "POST", "PATCH", "DELETE"))
_PATH = re.compile(  # a name that ends as files do; without an ending, one with folders that its lines follow at once
    rf"(?<![\w.~/\\%-])(?:file://)?(?:{_FOLDERS})?[\w.%-]*[\w%-]\.(?:{_SOURCES}|{_OTHERS})\b(?![/\\\w])"
    rf"|(?<![\w.~/\\%-])(?:file://)?{_FOLDERS}[\w.%-]*[\w%-](?=:\d|\#L)"
    rf"|(?<![\w.~/\\%-]){_NO_ROUTE}[~/](?:{_FOLDERS})?[\w.%-]*[\w%-](?=`?,? l(?:ines? |\.|\d))",
    re.IGNORECASE,
)
_STANDS_BEFORE = re.compile(r"[\s`'\"*_,:|()\[\]-]*(?:(?:at|on|in|from|around|near)\s+)?", re.IGNORECASE)
_STANDS_AFTER = re.compile(r"[\s`'\"*,)\]]*(?:of|in)\s+[`'\"*]*", re.IGNORECASE)


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


class Place(NamedTuple):
    """Lines that a comment names, and the path that they stand beside, "" where beside none."""

    path: str
    first: int | None
    last: int | None


def paths_in(text: str) -> list[str]:
    """The files that a comment names, as it writes them."""
    return [path.group() for path in _PATH.finditer(text)]


def lines_in(text: str) -> tuple[int | None, int | None]:
    """The first lines that a comment names, or two Nones."""
    return next(((place.first, place.last) for place in places_in(text)), (None, None))


def places_in(text: str) -> list[Place]:
    """All lines that a comment names, in order, each with its path: `helpers.py:86`, line 12 of `rooms.py`, line 40."""
    text = text[:KEPT_TEXT]
    paths = list(_PATH.finditer(text))
    told = sorted(_mentions(text, paths), key=re.Match.start)
    places = [Place(_path_beside(one, text, paths), *ordered(*filter(None, one.groups()))) for one in told]
    return [place for place in places if place.first is not None]


def _mentions(text: str, paths: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Each wording of lines; two numbers in brackets, beside no name, only where there is no other."""
    found = [*filter(None, (_AFTER_A_PATH.match(text, path.end()) for path in paths))]
    within = {at for one in [*paths, *found] for at in range(one.start(), one.end())}
    words = [*_LINES.finditer(text), *_BESIDE_A_NAME.finditer(text)]
    found += [one for one in words if one.start() not in within]
    yield from found or _IN_BRACKETS.finditer(text)


def _path_beside(lines: re.Match[str], text: str, paths: list[re.Match[str]]) -> str:
    """The path that lines stand beside, with nothing but marks and a little word between; "" where there is none."""
    for path in paths:
        between = text[path.end() : lines.start()] if path.end() <= lines.start() else None
        if between is not None and _STANDS_BEFORE.fullmatch(between):
            return path.group()
        after = text[lines.end() : path.start()] if lines.end() <= path.start() else None
        if after is not None and _STANDS_AFTER.fullmatch(after):
            return path.group()
    return ""


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

"""Folders that a system hands out: each holds a whole class, and no student is called as it is.

Moodle and Canvas name what lies in it in their own ways, Gradescope puts a table of the submitters beside it. What it
can't see: a download of Canvas that only one student's files are in; that is taken for the student's own folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from course_lib.classroom.names import SUFFIXES, canvas_user, is_moodles, normal, read_name

SUBMITTERS = "submission_metadata.yml"
MOST = 16 << 20  # bytes of that table
_SUBMISSION = re.compile(r"(submission_[0-9]+):\s*")
_SECTION = re.compile(r"  :(\w+):.*")
_NAME = re.compile(r"  (?:- |  ):name: *(.*?)\s*")


def is_download(folder: Path) -> bool:
    """Whether the folder is one, as the names in it tell."""
    if is_moodles(folder.name):
        return False
    try:
        names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return False
    return SUBMITTERS in names or any(is_moodles(Path(name).stem) for name in names) or _of_canvas(names)


def _of_canvas(names: Iterable[str]) -> bool:
    """Whether Canvas has named all submissions among them, squeezed and in small letters, and of several students."""
    stems = [Path(name).stem for name in names if Path(name).suffix.lower() in SUFFIXES]
    users = {canvas_user(stem) for stem in stems}
    return len(users - {""}) > 1 and "" not in users and all(map(_is_squeezed, stems))


def _is_squeezed(stem: str) -> bool:
    student = read_name(stem).student
    return student == student.lower() and not any(letter.isspace() for letter in student)


def submitters(folder: Path) -> Mapping[str, list[str]]:
    """Who handed in together, by the folder that Gradescope has put it into; nothing where there is no such table."""
    path = folder / SUBMITTERS
    try:
        if path.is_symlink() or not path.is_file():
            return {}
        with path.open("rb") as file:
            text = file.read(MOST).decode("utf-8-sig", "replace")
    except OSError:
        return {}
    told: dict[str, list[str]] = {}
    for submission, name in _names(text.splitlines()):
        told.setdefault(submission, []).append(name)
    return told


def _names(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each submission with each of its submitters; only that of the table is read which says so."""
    submission = section = ""
    for line in lines:
        if found := _SUBMISSION.fullmatch(line):
            submission, section = found[1], ""
        elif found := _SECTION.fullmatch(line):
            section = found[1]
        elif section == "submitters" and (found := _NAME.fullmatch(line)) and (name := normal(_plain(found[1]))):
            yield submission, name


def _plain(value: str) -> str:
    """A YAML string as it is meant: bare, or in quotes of either kind."""
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\u([0-9A-Fa-f]{4})|\\(.)", lambda one: chr(int(one[1], 16)) if one[1] else one[2], value[1:-1])
    return value

"""What the name of a file or folder says: which student, which exercise, which attempt; and names made safe to show.

The forms are those in which Moodle and Canvas hand out submissions, and `NAME_EXERCISE`. A name that says nothing is
not made to say something. What it can't see: two students of one name are one student.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from course_lib.reports.legible import legible
from course_lib.syllabus import EXERCISES, Lesson

SUFFIXES = (".py", ".ipynb")  # of what can be handed in
# Where nothing calls it an attempt, up to three digits: a longer number is a student's, or a year.
_ATTEMPT = re.compile(
    r"(?P<rest>.+?)(?:_attempt(?P<told>[0-9]+)|-(?P<after>[0-9]{1,3})| ?\((?P<within>[0-9]{1,3})\))", re.DOTALL
)
_MOODLE = re.compile(r"(?P<student>.+)_[0-9]+_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL)
_CANVAS = re.compile(
    r"(?P<student>.+?)(?:_late)?_(?P<user>[0-9]+)_(?P<number>[0-9]+)_(?P<file>.+)", re.DOTALL | re.IGNORECASE
)
_SEPARATORS = " _-."
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w .,+@()'-]")
LONGEST_NAME = 100  # bytes of a file name without its suffix


class Named(NamedTuple):
    """What a file's name says; `student` is "" and `lesson` None where it says nothing of them."""

    student: str
    lesson: Lesson | None
    attempt: int


def normal(name: str) -> str:
    """The one form in which names are compared."""
    return unicodedata.normalize("NFC", name)


def without_attempt(stem: str) -> tuple[str, int]:
    """The stem without `_attempt10`, `-10` or ` (10)` at its end, and that number; 0 where there is none."""
    found = _ATTEMPT.fullmatch(stem)
    if found is None:
        return stem, 0
    return found["rest"], int(found["told"] or found["after"] or found["within"])


def exercise_named(name: str) -> Lesson | None:
    """The exercise whose name is this one, letter case aside."""
    return next((lesson for lesson in EXERCISES if lesson.stem == name.casefold()), None)


def exercise_in(stem: str) -> Lesson | None:
    """The one exercise whose name occurs in the stem as a word of its own."""
    found = [one for one in EXERCISES if re.search(rf"(?<![a-z0-9]){one.stem}(?![a-z0-9])", stem.casefold())]
    return found[0] if len(found) == 1 else None


def student_of_folder(name: str) -> str:
    """The student whose folder has this name: Moodle's form, or the name itself."""
    found = _MOODLE.fullmatch(name)
    return normal(found["student"] if found else name)


def read_folder_name(name: str) -> Named:
    """What the name of a folder says that holds one hand-in and lies in nobody's folder."""
    moodles = _MOODLE.fullmatch(name)
    return Named(normal(moodles["student"]), None, 0) if moodles and not moodles["file"] else read_name(name)


def read_name(stem: str) -> Named:
    """What the stem of a file says that lies in nobody's folder."""
    for form in (_MOODLE, _CANVAS):
        found = form.fullmatch(stem)
        if found and found["file"] and not _is_exercise_split(found):
            inner, attempt = without_attempt(found["file"])
            return Named(normal(found["student"]), exercise_in(inner), attempt)
    rest, attempt = without_attempt(stem)
    lesson = exercise_in(rest)
    return Named(normal(_without_exercise(rest, lesson)), lesson, attempt)


def is_moodles(name: str) -> bool:
    """Whether Moodle has named it: a student's folder, or the stem of a file."""
    return _MOODLE.fullmatch(name) is not None


def canvas_user(stem: str) -> str:
    """The number by which Canvas knows the student, where the stem has Canvas's form; else ""."""
    found = _canvas(stem)
    return found["user"] if found else ""


def canvas_upload(stem: str) -> int:
    """The number of this upload, larger for a later one, where the stem has Canvas's form; else 0."""
    found = _canvas(stem)
    return int(found["number"]) if found else 0


def _canvas(stem: str) -> re.Match[str] | None:
    found = None if is_moodles(stem) else _CANVAS.fullmatch(stem)
    return None if found and _is_exercise_split(found) else found


def _is_exercise_split(found: re.Match[str]) -> bool:
    """Whether Canvas's last number belongs to an exercise's name, as in `silva_1234567_07_sql_injection`."""
    number = found.groupdict().get("number")
    return (
        number is not None and exercise_in(f"{number}_{found['file']}") is not None and not exercise_in(found["file"])
    )


def _without_exercise(stem: str, lesson: Lesson | None) -> str:
    """The stem without the exercise at its end or beginning, and without what joined the two."""
    if lesson is None:
        return stem
    if last := re.fullmatch(rf"(.*){lesson.stem}", stem, re.DOTALL | re.IGNORECASE):
        return last[1][:-1] if last[1].endswith("_") else last[1].rstrip(_SEPARATORS)
    if first := re.fullmatch(rf"{lesson.stem}(.*)", stem, re.DOTALL | re.IGNORECASE):
        return first[1][1:] if first[1].startswith("_") else first[1].lstrip(_SEPARATORS)
    return stem


def together(names: Sequence[str]) -> str:
    """The names in a row, with a semicolon between them where one has a comma in it."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def cell(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula; a line break in it stays one."""
    shown = legible(text, "\n")
    return f"'{shown}" if shown.lstrip(" \n").startswith(("=", "+", "-", "@")) or shown.startswith("\n") else shown


def file_name(student: str) -> str:
    """A file name, without a suffix, that every system takes and no two students share.

    It is the student's name where that will do; else what is left of it and a digest of the whole.
    """
    plain = _UNSAFE.sub("_", student)
    if (
        plain == student
        and student.casefold() == student.lower()
        and len(student.encode("utf-8")) <= LONGEST_NAME
        and student[:1] not in " .-+@'"
        and student[-1:] not in " ."
        and not _RESERVED.fullmatch(student)
    ):
        return student
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    kept = plain.strip(" .-+@'").encode("utf-8", "ignore")[: LONGEST_NAME - 20].decode("utf-8", "ignore")
    return f"{kept or 'student'}-{digest}"


def file_names(students: list[str]) -> dict[str, str]:
    """A file name for each student, apart even where a file system is blind to letter case."""
    taken: dict[str, str] = {}
    names = {}
    for student in students:
        name = file_name(student)
        if name.casefold() in taken:
            name = f"{name}-{hashlib.sha256(student.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
        taken[name.casefold()] = student
        names[student] = name
    return names

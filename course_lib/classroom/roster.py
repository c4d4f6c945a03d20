"""Who should have handed in: a CSV with a column `student`, and whatever another system knows the student by.

The tables that Canvas and Moodle export name students in columns of their own; they will do as they come.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from course_lib.classroom.names import normal
from course_lib.reports.legible import legible

MOST = 64 << 20  # bytes
NAMED = ("student", "Student", "Full name")  # the second is Canvas's, the third Moodle's
IN_PARTS = (("First name", "Last name"), ("First name", "Surname"))  # Moodle's too
Roster = Mapping[str, Mapping[str, str]]  # by student: the row's cells by their columns' names


class NotARoster(Exception):
    """The file can't be read as a roster; the message is the sentence to show."""


def read_roster(path: Path) -> Roster:
    """The rows by student, their names in the one form in which they are compared; raises NotARoster."""
    try:
        if path.exists() and not path.is_file():
            raise NotARoster(f"the roster {path} is no regular file; name a CSV")
        if path.exists() and path.stat().st_size > MOST:
            raise NotARoster(f"the roster {path} has more than {MOST >> 20} MB; a class has less")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise NotARoster(f"the roster {path} can't be read: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise NotARoster(f"the roster {path} is not UTF-8; save it again as CSV UTF-8") from problem
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as problem:
        raise NotARoster(f"the roster {path} is no CSV: {problem}") from problem
    columns = _name_columns(rows[0]) if rows else ()
    if not columns:
        named = "its first line names the columns, with commas between"
        raise NotARoster(f"the roster {path} has no column `student`, or no row; {named}")
    return _by_student(path, rows, columns)


def _name_columns(row: Mapping[str, str]) -> Sequence[str]:
    """The columns that hold a student's name together; none where none do."""
    forms = [*((name,) for name in NAMED), *IN_PARTS]
    return next((form for form in forms if all(name in row for name in form)), ())


def _by_student(path: Path, rows: list[dict[str, str]], columns: Sequence[str]) -> Roster:
    roster: dict[str, dict[str, str]] = {}
    for number, row in enumerate(rows, 2):
        if columns == ("Student",) and not row.get("ID"):
            continue  # Canvas's rows of possible points and of notes
        student = normal(" ".join(filter(None, (row[name] for name in columns))))
        if not student:
            raise NotARoster(f"row {number} of the roster {path} names no student")
        if student in roster:
            raise NotARoster(f"the roster {path} names {legible(student)} twice")
        roster[student] = {name: value or "" for name, value in row.items() if isinstance(name, str)}
    return roster

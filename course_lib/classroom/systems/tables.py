"""Gradebooks that are one CSV for a class: Canvas, Moodle and nbgrader. An empty cell leaves a mark.

Canvas finds a student by ID, SIS User ID or SIS Login ID, Moodle by Email address or ID number: the roster has them.
Moodle takes away marks where feedback comes without a grade, so both columns are always there. nbgrader's is the table
that its own `export` writes, a row a student and exercise, so that what reads the one reads the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from course_lib.classroom.gradebook import Gradebook, as_csv
from course_lib.classroom.names import cell
from course_lib.classroom.roster import Roster
from course_lib.reports.legible import legible
from course_lib.syllabus import Lesson

CANVAS = ("ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("Email address", "ID number")
FINDS = {"canvas": CANVAS[:3], "moodle": MOODLE}
NBGRADER = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)
POINTS_POSSIBLE = "    Points Possible"


class UnfitRoster(Exception):
    """The roster lacks what the system tells students apart by; the message is the sentence to show."""


def needs_columns(system: str, roster: Roster) -> None:
    """Raises UnfitRoster where no column of the roster tells the system who a student is, or one says it of two."""
    columns = {name for row in roster.values() for name in row}
    if system in FINDS and columns.isdisjoint(FINDS[system]):
        wanted = ", ".join(FINDS[system])
        raise UnfitRoster(f"{system.capitalize()} finds a student by one of {wanted}; the roster has none of these")
    for name in FINDS.get(system, ()):
        known: dict[str, str] = {}
        for student, row in roster.items():
            value = row.get(name, "").strip()
            if value and known.setdefault(value, student) != student:
                both = f"{legible(known[value])} and {legible(student)}"
                raise UnfitRoster(f"the roster gives {both} one {name}, {legible(value)}: one would get both marks")


def listed(book: Gradebook, roster: Roster | None) -> list[str]:
    """Whose rows are written: the roster's, else everybody's."""
    return [one for one in book.students if roster is None or one in roster]


def canvas(book: Gradebook, roster: Roster | None) -> str:
    """The CSV that Canvas's gradebook imports."""
    rows: list[Sequence[object]] = [
        ["Student", *CANVAS, *(lesson.stem for lesson in book.lessons)],
        [POINTS_POSSIBLE, "", "", "", "", *(len(lesson.tasks) for lesson in book.lessons)],
    ]
    for student in listed(book, roster):
        known = (roster or {}).get(student, {})
        told = (grade(book, student, lesson) for lesson in book.lessons)
        rows.append([cell(student), *(cell(known.get(name, "")) for name in CANVAS), *told])
    return as_csv(rows)


def moodle(book: Gradebook, roster: Roster | None) -> str:
    """The CSV that Moodle's grades import: the columns are chosen while it is uploaded."""
    graded = [name for lesson in book.lessons for name in (lesson.stem, f"{lesson.stem} feedback")]
    rows: list[Sequence[object]] = [["Full name", *MOODLE, *graded]]
    for student in listed(book, roster):
        known = (roster or {}).get(student, {})
        rows.append([cell(student), *_identity(known), *_graded(book, student)])
    return as_csv(rows)


def nbgrader(book: Gradebook, roster: Roster | None) -> str:
    """The table of nbgrader's own export; without a score where there is none."""
    rows: list[Sequence[object]] = [NBGRADER]
    for lesson in book.lessons:
        for student in listed(book, roster):
            known = (roster or {}).get(student, {})
            who = [cell(known.get(name, "")) for name in ("last_name", "first_name", "email")]
            told = grade(book, student, lesson)
            penalty = "0" if told else ""
            rows.append([lesson.stem, "", "", cell(student), *who, told, penalty, told, len(lesson.tasks)])
    return as_csv(rows)


def _identity(known: Mapping[str, str]) -> list[str]:
    return [cell(known.get(name, "")) for name in MOODLE]


def _graded(book: Gradebook, student: str) -> Iterator[str]:
    for lesson in book.lessons:
        yield grade(book, student, lesson)
        yield cell(_feedback(book, student, lesson))


def grade(book: Gradebook, student: str, lesson: Lesson) -> str:
    """The points of one exercise; nothing where it was not handed in or any of it could not be measured."""
    told = [book.told(student, lesson, task) for task in lesson.tasks]
    if any(one is None or one.status == "unmeasured" for one in told):
        return ""
    return str(sum(one is not None and one.status == "pass" for one in told))


def _feedback(book: Gradebook, student: str, lesson: Lesson) -> str:
    told = [(task, book.told(student, lesson, task)) for task in lesson.tasks]
    return "; ".join(f"{task}: {one.status}, {one.reason}" for task, one in told if one is not None)

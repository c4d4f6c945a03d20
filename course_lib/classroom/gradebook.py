"""Who is in the class, what each handed in, and what was said of it: from these all tables and pages are made.

A task is one point. What is unmeasured or not handed in is neither a point nor a zero.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from course_lib.classroom.finding import Found, HandIn
from course_lib.classroom.names import cell
from course_lib.classroom.results import Result, Told
from course_lib.syllabus import Lesson

# The sentences of the judge that say so, wherever in a reason they stand.
HANGS = "the code did not come back"
TAMPERS = (
    "the submission changes Python's built-ins, a library or the measuring instrument",
    "the submission wrote to the judge's own channel",
    "the code killed its process, or closed the descriptors that it is judged through",
    "the code closed the descriptors that it is judged through",
)


@dataclass(frozen=True)
class Marks:
    """A student's points: one for each task that is passed, of those that could be measured."""

    points: int
    possible: int
    unmeasured: int


@dataclass(frozen=True)
class Gradebook:
    """The class: students by name, exercises in the order of the course, and the result of each hand-in."""

    found: Found
    students: Sequence[str]
    lessons: Sequence[Lesson]
    results: Mapping[tuple[str, str], Result]
    expected: frozenset[str] | None = None  # who is on the roster; None without one

    @property
    def columns(self) -> list[tuple[Lesson, str]]:
        return [(lesson, task) for lesson in self.lessons for task in lesson.tasks]

    def hand_in(self, student: str, lesson: Lesson) -> HandIn | None:
        return self.found.counted.get((student, lesson.stem))

    def told(self, student: str, lesson: Lesson, task: str) -> Told | None:
        """What was said of the task; None where it was not handed in."""
        result = self.results.get((student, lesson.stem))
        return result.tasks.get(task) if result else None

    def all_told(self) -> Iterator[tuple[str, Lesson, str, Told]]:
        """Every task that was handed in, by student."""
        for student in self.students:
            for lesson, task in self.columns:
                if (told := self.told(student, lesson, task)) is not None:
                    yield student, lesson, task, told

    def marks(self, student: str, lessons: Sequence[Lesson] | None = None) -> Marks:
        """The student's points in these exercises, or in all."""
        chosen = self.lessons if lessons is None else lessons
        columns = [(lesson, task) for lesson in chosen for task in lesson.tasks]
        statuses = [told.status for one in columns if (told := self.told(student, *one)) is not None]
        unmeasured = statuses.count("unmeasured")
        return Marks(statuses.count("pass"), len(columns) - unmeasured, unmeasured)

    def with_nothing(self) -> list[str]:
        """Who has handed in nothing that counts."""
        return [one for one in self.students if not any(self.hand_in(one, lesson) for lesson in self.lessons)]

    def strangers(self) -> list[str]:
        """Who handed in and is not on the roster."""
        return [] if self.expected is None else [one for one in self.students if one not in self.expected]

    def unmeasured(self) -> list[tuple[str, Lesson, str, Told]]:
        return [one for one in self.all_told() if one[3].status == "unmeasured"]

    def hung(self) -> list[tuple[str, Lesson, str, Told]]:
        return [one for one in self.all_told() if one[3].status in ("error", "fail") and HANGS in one[3].reason]

    def tampered(self) -> list[tuple[str, Lesson, str, Told]]:
        return [one for one in self.all_told() if any(words in one[3].reason for words in TAMPERS)]


def grades(book: Gradebook) -> str:
    """grades.csv: a row a student; 1, 0, or nothing where a task is unmeasured or was not handed in."""
    names = [f"{lesson.stem}/{task}" for lesson, task in book.columns]
    rows: list[Sequence[object]] = [["student", *names, "points", "possible", "unmeasured"]]
    for student in book.students:
        marks = book.marks(student)
        points = [mark(book.told(student, lesson, task)) for lesson, task in book.columns]
        rows.append([cell(student), *points, marks.points, marks.possible, marks.unmeasured])
    return as_csv(rows)


def mark(told: Told | None) -> str:
    """1, 0 or nothing."""
    return "" if told is None or told.status == "unmeasured" else str(int(told.status == "pass"))


def as_csv(rows: Sequence[Sequence[object]]) -> str:
    """The rows as every spreadsheet reads them; the cells have been made safe before."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()

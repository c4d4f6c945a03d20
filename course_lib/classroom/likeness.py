"""Hand-ins whose answers have one structure, for a person to look at: a question, and never a verdict.

A structure counts that is large enough not to be everybody's, is not the starter's, and is shared by few.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.classroom.gradebook import Gradebook
from course_lib.classroom.structure import Structure, definition, structures
from course_lib.exercise_files import exercise_path
from course_lib.runner.source import Submission, UnreadableSubmission, read_submission
from course_lib.syllabus import Lesson

SMALLEST = 40  # pieces of syntax
FEW = 0.1  # of those who handed in: what more share is the ordinary answer
MOST = 20  # groups on the page


@dataclass(frozen=True)
class Alike:
    """Some students' answers to one task; `shown` is the text of as many as a page has room for beside each other."""

    lesson: Lesson
    task: str
    students: list[str]
    size: int
    shown: list[tuple[str, str]]


def alike(book: Gradebook) -> list[Alike]:
    """The groups, those of the largest answers first."""
    groups = [one for lesson in book.lessons for task in lesson.tasks for one in _groups(book, lesson, task)]
    groups.sort(key=lambda one: (-one[3][1], one[1], one[2]))
    return [
        Alike(lesson, task, students, size, [(one, _text(book, one, lesson, task)) for one in students[:2]])
        for lesson, task, students, (_, size) in groups[:MOST]
    ]


def _groups(book: Gradebook, lesson: Lesson, task: str) -> Iterator[tuple[Lesson, str, list[str], Structure]]:
    by_structure: dict[Structure, list[str]] = {}
    handed_in = 0
    for student in book.students:
        result = book.results.get((student, lesson.stem))
        if result is None:
            continue
        handed_in += 1
        if (structure := result.structures.get(task)) is not None and structure[1] >= SMALLEST:
            by_structure.setdefault(structure, []).append(student)
    delivered = _delivered(lesson).get(task)
    for structure, students in by_structure.items():
        if structure != delivered and 2 <= len(students) <= max(2, FEW * handed_in):
            yield lesson, task, students, structure


def _delivered(lesson: Lesson) -> dict[str, Structure]:
    """The structures of the starters: whoever left them as they are has copied nobody."""
    submission = _read(exercise_path(lesson))
    return structures(submission, lesson.tasks) if submission else {}


def _text(book: Gradebook, student: str, lesson: Lesson, task: str) -> str:
    hand_in = book.hand_in(student, lesson)
    submission = _read(hand_in.path) if hand_in else None
    return definition(submission, task) if submission else ""


def _read(path: Path) -> Submission | None:
    try:
        return read_submission(path)
    except UnreadableSubmission:
        return None

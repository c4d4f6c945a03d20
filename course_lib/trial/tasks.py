"""What an assistant is asked for each task: the request, and the demands with a test for each.

The request is written for this (requests.md); the demands are those of the exercise, read from its text, so that they
stand in one place. One task more is no exercise of its own: `save_upload`, for which a learner writes the test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course_lib.exercise_files import answer_cells, as_delivered, source_of
from course_lib.syllabus import LESSONS, Lesson

REQUESTS = Path(__file__).with_name("requests.md")
DEFENCE, UPLOAD = "defence", "save_upload"

_ITEM = re.compile(r"^- (.*(?:\n(?!- |\n).*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Request:
    """One task as it is put to an assistant; `demands` are pairs of what must hold and how it is tested."""

    task: str
    lesson: Lesson
    asked: str
    demands: tuple[tuple[str, str], ...]


@cache
def all_requests() -> dict[str, Request]:
    """Each task for which a request is written, by its name, in the order of the syllabus."""
    written = _written()
    asked = [(lesson, task) for lesson in LESSONS for task in _code_of(lesson) if task in written]
    return {task: _request(lesson, task, written[task]) for lesson, task in asked}


def _code_of(lesson: Lesson) -> tuple[str, ...]:
    return (UPLOAD,) if lesson.slug == DEFENCE else lesson.tasks


def _request(lesson: Lesson, task: str, written: str) -> Request:
    rest, _, tests = written.partition("### tests\n")
    asked, _, own = rest.partition("### demands\n")
    demands = _items(own or _statement(lesson, task))
    return Request(task, lesson, _one_line(asked), tuple(zip(demands, _items(tests), strict=True)))


def _written() -> dict[str, str]:
    sections = REQUESTS.read_text("utf-8").split("\n## ")[1:]
    return {name: text for name, _, text in (section.partition("\n") for section in sections)}


def _statement(lesson: Lesson, task: str) -> str:
    """The exercise's text on the task: what stands right above its answer cell. A learner doesn't edit the solution."""
    notebook = as_delivered(lesson)
    above = notebook["cells"].index(answer_cells(notebook)[task]) - 1
    return source_of(notebook["cells"][above])


def _items(markdown: str) -> list[str]:
    return [_one_line(item) for item in _ITEM.findall(markdown)]


def _one_line(text: str) -> str:
    return " ".join(text.split())

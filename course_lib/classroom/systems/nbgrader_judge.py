"""In nbgrader's autograde: the course's judge in place of a kernel that runs the student's notebook as the instructor.

The exported course's settings name it. It reads the notebook, has it judged in a confined process, and writes into each
graded cell what nbgrader counts: an error for a task that is not passed, nothing but the verdict for one that is. Where
something can't be measured it raises, and nbgrader records no mark for that student.
"""

from __future__ import annotations

import atexit
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, NbGraderPreprocessor

from course_lib.reading import TaskVerdict, Verdict, not_judged
from course_lib.reports.legible import legible
from course_lib.runner.chosen import parent_of
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent
from course_lib.runner.source import UnreadableSubmission, read_submission
from course_lib.syllabus import Lesson, find_lesson


class NotMeasured(Exception):
    """Something could not be measured, so that there is no mark; the message says what and why."""


class Judged(NbGraderPreprocessor):  # type: ignore[misc,unused-ignore]  # it has no types
    """Takes the place of nbgrader's Execute."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        lesson = find_lesson(nb.metadata.get("course", {}).get("exercise", ""))
        graded = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        if lesson is None or not graded:
            raise NotMeasured("the notebook is no exercise of this course")
        told = {one.task: one for one in _verdict(lesson, nb).tasks}
        for cell in graded:
            _write(cell, told[cell.metadata.nbgrader.grade_id])
        return nb, resources


def autograding() -> list[type]:
    """What nbgrader does with a notebook to grade it, the judge in place of the kernel."""
    usual = Autograde.class_traits()["autograde_preprocessors"].default()
    return [Judged if one is Execute else one for one in usual]


def _verdict(lesson: Lesson, nb: Any) -> Verdict:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{lesson.stem}.ipynb")
        path.write_text(str(nbformat.writes(nb)), "utf-8")  # type: ignore[no-untyped-call]  # it has no types
        try:
            verdict = judge(lesson, read_submission(path), _parent(lesson.slug))
        except UnreadableSubmission as problem:
            because = str(problem).replace(str(path), path.name)
            return not_judged(lesson.stem, lesson.tasks, "error", legible(because))
    for one in verdict.tasks:
        if one.status == "unmeasured":
            raise NotMeasured(f"{one.task}: {one.reason}")
    return verdict


@cache
def _parent(slug: str) -> Parent:
    parent = parent_of(slug)
    atexit.register(parent.close)
    return parent


def _write(cell: Any, told: TaskVerdict) -> None:
    output: Any = nbformat.v4.new_output  # it has no types
    cell.outputs = [output("stream", name="stdout", text=f"{told}\n")]
    if told.status != "pass":
        named, reason = "NotYet" if told.status == "fail" else "CouldNotRun", legible(told.reason)
        trace = [f"{named}: {reason}"]
        cell.outputs.append(output("error", ename=named, evalue=reason, traceback=trace))

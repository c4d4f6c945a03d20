"""What the tools are asked about: the samples, and the code of the exercises as delivered and repaired."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.exercise_files import ROOT
from course_lib.syllabus import LESSONS, Lesson, lesson_of_task
from course_lib.trial.selftest import references

SAMPLES = ROOT / "course_lib" / "samples"
HAZARDS = LESSONS[:8]


@dataclass(frozen=True)
class Program:
    """One answer to a task: `name` is `samples/SLUG/broken_1` or `exercises/TASK/delivered`."""

    name: str
    task: str
    source: str
    broken: bool

    @property
    def lesson(self) -> Lesson:
        lesson = lesson_of_task(self.task)
        assert lesson is not None
        return lesson

    @property
    def kind(self) -> str:
        return self.name.partition("/")[0]

    @property
    def digest(self) -> str:
        """By which it is known that what is stored was said of this very text."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]


def programs() -> list[Program]:
    """All of them, hazard by hazard."""
    return [one for lesson in HAZARDS for one in (*_samples(lesson), *_exercises(lesson))]


def _samples(lesson: Lesson) -> Iterator[Program]:
    for path in sorted((SAMPLES / lesson.slug).glob("*.py")):
        source = path.read_text("utf-8")
        yield Program(f"samples/{lesson.slug}/{path.stem}", task_in(path), source, path.stem.startswith("broken"))


def _exercises(lesson: Lesson) -> Iterator[Program]:
    for task in lesson.tasks:
        for (_, source, safe), kind in zip(references(task), ("delivered", "repaired"), strict=True):
            yield Program(f"exercises/{task}/{kind}", task, source, not safe)


def task_in(path: Path) -> str:
    """The one task that a sample defines."""
    body = ast.parse(path.read_text("utf-8")).body
    names = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    [task] = [name for name in names if lesson_of_task(name)]
    return task

"""What a learner has done, kept in one file beside the course that git ignores: `.course_progress.jsonl`.

Each event is one line, appended in one write, so two runs at once lose nothing and an interrupted one leaves at most a
broken last line, which is passed over when reading. Nothing is ever rewritten: reset keeps hints and history.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.syllabus import LESSONS, Lesson


class ProgressNotSaved(Exception):
    """The event could not be written; the message is the sentence to show. The verdict itself stands."""


def progress_file() -> Path:
    """Where progress is kept; the environment variable COURSE_PROGRESS names another file."""
    return Path(os.environ.get("COURSE_PROGRESS") or Path(__file__).resolve().parents[1] / ".course_progress.jsonl")


def record(kind: str, **fields: Any) -> None:
    """Appends one event; raises ProgressNotSaved."""
    event = {"at": datetime.now().isoformat(timespec="seconds"), "kind": kind, **fields}
    line = (json.dumps(event) + "\n").encode()
    try:
        descriptor = os.open(progress_file(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            _finish_broken_line(descriptor)
            os.write(descriptor, line)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ProgressNotSaved(f"progress could not be saved ({error.strerror}); the verdict stands") from error


def _finish_broken_line(descriptor: int) -> None:
    """Ends a line that an interrupted run left unfinished, so that it can't swallow the next one."""
    size = os.fstat(descriptor).st_size
    if size:
        with progress_file().open("rb") as file:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                os.write(descriptor, b"\n")


def events(kind: str | None = None) -> Iterator[dict[str, Any]]:
    """Every event that was kept, oldest first, or those of one kind; unreadable lines are passed over."""
    try:
        lines = progress_file().read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and (kind is None or event.get("kind") == kind):
            yield event


@dataclass(frozen=True)
class TaskProgress:
    """One task so far: tries, hints seen, and whether a try has passed."""

    task: str
    tries: int
    hints: int
    passed: bool

    @property
    def state(self) -> str:
        if self.passed:
            return "passed"
        return "tried" if self.tries else "not tried"


def task_progress(lesson: Lesson) -> list[TaskProgress]:
    """The learner's progress on each task of a lesson, in its order."""
    history = [event for event in events() if event.get("exercise") == lesson.stem]
    return [_of_task(task, [event for event in history if event.get("task") == task]) for task in lesson.tasks]


def _of_task(task: str, history: list[dict[str, Any]]) -> TaskProgress:
    checks = [event for event in history if event["kind"] == "check"]
    rungs = [int(event.get("rung", 0)) for event in history if event["kind"] == "hint"]
    return TaskProgress(task, len(checks), max(rungs, default=0), any(c.get("status") == "pass" for c in checks))


def overview() -> str:
    """All lessons and tasks as a text table."""
    rows = ["lesson                     task                     state      tries  hints"]
    for lesson in LESSONS:
        for index, one in enumerate(task_progress(lesson)):
            name = lesson.stem if index == 0 else ""
            rows.append(f"{name:<27}{one.task:<25}{one.state:<11}{one.tries:>5}{one.hints:>7}")
    return "\n".join(rows)

"""What a learner has done, kept in one file beside the course that git ignores: `.course_progress.jsonl`.

Each event is one line, appended in one write, so two runs at once lose nothing and an interrupted one leaves at most a
broken last line. Nothing is ever rewritten: reset keeps hints and history. What somebody or something else has written
into the file, and what is not the event that it says it is, is passed over when reading.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.syllabus import EXERCISES, Lesson


class ProgressNotSaved(Exception):
    """The event could not be written; the message is the sentence to show under a verdict, which stands."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}; the verdict stands")
        self.reason = reason


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
            while line:  # on a disk that is nearly full a part may be written, and the rest refused
                line = line[os.write(descriptor, line) :]
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ProgressNotSaved(f"progress could not be saved ({error.strerror})") from error


def _finish_broken_line(descriptor: int) -> None:
    """Ends a line that an interrupted run left unfinished, so that it can't swallow the next one."""
    size = os.fstat(descriptor).st_size
    if size:
        with progress_file().open("rb") as file:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                os.write(descriptor, b"\n")


def record_check(exercise: str, task: str, status: str, reason: str, failing: str) -> None:
    """Keeps one try at a task; `failing` names the check that it fell over. Raises ProgressNotSaved."""
    record("check", exercise=exercise, task=task, status=status, reason=reason, check=failing)


def unreadable() -> str:
    """Why what was kept can't be read, in a sentence; "" where it can, or where nothing was kept yet."""
    try:
        progress_file().open("rb").close()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"what was kept can't be read: {progress_file()}: {error.strerror}"
    return ""


def events(kind: str | None = None) -> Iterator[dict[str, Any]]:
    """Every event that was kept, oldest first, or those of one kind."""
    try:
        lines = progress_file().read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        event = _event(line)
        if event is not None and (kind is None or event["kind"] == kind):
            yield event


def _event(line: bytes) -> dict[str, Any] | None:
    """The event on a line, or None where it is none."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not isinstance(event.get("kind"), str):
        return None
    fields = _FIELDS.get(event["kind"], {})
    return event if all(name in event and right(event[name]) for name, right in fields.items()) else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) < 1e300  # no nan, no infinity, and float() takes it


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)


def _is_rung(value: Any) -> bool:
    return type(value) is int and 0 < value < 100


_FIELDS: dict[str, dict[str, Callable[[Any], bool]]] = {
    "check": {"exercise": _is_text, "task": _is_text, "status": _is_text},
    "hint": {"exercise": _is_text, "task": _is_text, "rung": _is_rung},
    "predict": {"key": _is_text, "answer": _is_figure, "sure": _is_figure},
    "measured": {"key": _is_text, "measured": _is_figure},
    "recalled": {"lesson": _is_text, "question": _is_text, "knew": lambda value: isinstance(value, bool)},
    "checklist_items": {"lesson": _is_text, "text": _is_text},
    "hypothesis": {"incident": _is_text, "hazard": _is_text, "file": _is_text, "gauge": _is_text},
    "production": {"incident": _is_text, "held": _is_truth},
    "post_mortem": dict.fromkeys(("incident", "trigger", "seen", "missed", "test"), _is_text),
}


@dataclass(frozen=True)
class TaskProgress:
    """One task so far: tries, which hints were seen, whether a try has passed, and what the last one failed."""

    task: str
    tries: int
    seen: frozenset[int]
    passed: bool
    failing: str
    """Name of the check that the last try fell over; empty where there was none."""

    @property
    def hints(self) -> int:
        return len(self.seen)

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
    rungs = frozenset(event["rung"] for event in history if event["kind"] == "hint")
    failing = checks[-1].get("check") if checks else ""
    passed = any(check["status"] == "pass" for check in checks)
    return TaskProgress(task, len(checks), rungs, passed, failing if isinstance(failing, str) else "")


def overview() -> str:
    """All lessons and tasks as a text table."""
    rows = ["lesson                     task                     state      tries  hints"]
    for lesson in EXERCISES:
        for index, one in enumerate(task_progress(lesson)):
            name = lesson.stem if index == 0 else ""
            rows.append(f"{name:<27}{one.task:<25}{one.state:<11}{one.tries:>5}{one.hints:>7}")
    return "\n".join(filter(None, [*rows, unreadable()]))

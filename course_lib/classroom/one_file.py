"""One file that was handed in: its bytes, which exercise it answers, and whether anything was written into it.

Nothing is executed, no link is followed, nothing but a regular file is opened.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course_lib.syllabus import LESSONS, Lesson, find_lesson

LARGEST = 64 << 20  # bytes
_DEFINED = re.compile(rb"^(?:async[ \t]+def|def|class)[ \t]+(\w+)|^(\w+)[ \t]*(?::[^=\n]+)?=(?!=)", re.MULTILINE)


def no_regular_file(path: Path) -> str:
    """Why it is no file to be opened; "" where it is one."""
    try:
        mode = path.lstat().st_mode
    except OSError as problem:
        return f"it can't be looked at: {problem.strerror}"
    return "" if stat.S_ISREG(mode) else "a device or a pipe, and no file"


def read(path: Path) -> tuple[bytes, str]:
    """The file's bytes, and why they can't be had."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            most = f"{LARGEST >> 20} MB are the most"
            return b"", f"the file has {size >> 20} MB, and {most}; clear the outputs and hand it in again"
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(LARGEST + 1), ""
    except OSError as problem:
        return b"", f"the file can't be read: {problem.strerror}"


def is_untouched(path: Path, content: bytes) -> bool:
    """Whether it says what the copy of the course that it lies in was delivered with; outputs aside."""
    before = delivered(path)
    if path.suffix.lower() != ".ipynb" or before is None or no_regular_file(before):
        return False
    cells = _notebook(before, read(before)[0]).get("cells")
    return bool(cells) and list(_sources(cells)) == list(_sources(_notebook(path, content).get("cells")))


def delivered(path: Path) -> Path | None:
    """Where a copy of the course keeps this exercise as it was; None where it keeps none."""
    kept = path.parent / ".as_delivered" / path.name
    return kept if kept.exists() and not kept.is_symlink() and not kept.parent.is_symlink() else None


def _notebook(path: Path, content: bytes) -> dict[str, Any]:
    if path.suffix.lower() != ".ipynb":
        return {}
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def told_by_itself(path: Path, content: bytes) -> Lesson | None:
    """The exercise in the notebook's own metadata."""
    try:
        told = _notebook(path, content)["metadata"]["course"]["exercise"]
    except (KeyError, TypeError):
        return None
    return find_lesson(told) if isinstance(told, str) else None


def told_by_tasks(path: Path, content: bytes) -> Lesson | None:
    """The one exercise of which some task is defined."""
    if path.suffix.lower() == ".ipynb":
        content = b"\n".join(_sources(_notebook(path, content).get("cells")))
    defined = {(found[0] or found[1]).decode("ascii", "replace") for found in _DEFINED.findall(content)}
    lessons = [lesson for lesson in LESSONS if not defined.isdisjoint(lesson.tasks)]
    return lessons[0] if len(lessons) == 1 else None


def _sources(cells: Any) -> Iterable[bytes]:
    for one in cells if isinstance(cells, list) else []:
        if isinstance(one, dict) and one.get("cell_type") == "code":
            source = one.get("source")
            text = "".join(map(str, source)) if isinstance(source, list) else str(source)
            yield text.encode("utf-8", "replace")

"""A class at once: every submission in a folder judged, one CSV line each, as soon as it is known.

A crash, a hang or an unreadable file is the verdict of that submission alone. One warm parent serves them all, in a box
where the machine has one, and each is judged in a process and a folder of its own.
"""

from __future__ import annotations

import contextlib
import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from course_lib.reading import Verdict, not_judged
from course_lib.runner.chosen import parent_of
from course_lib.runner.confinement.scratch import scratch_folder
from course_lib.runner.judge import judge
from course_lib.runner.parent import Parent
from course_lib.runner.source import NOT_FOLLOWED, UnreadableSubmission, read_submission
from course_lib.syllabus import Lesson

SUFFIXES = (".ipynb", ".py")


def submissions_in(folder: Path, lesson: Lesson) -> list[Path]:
    """The .py files and notebooks, or the folders of several files, that lie in the folder itself, by name."""
    if lesson.entry:
        file, _ = lesson.entry
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and (path / file).is_file())
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and not path.is_dir())


def grade_folder(lesson: Lesson, submissions: Sequence[Path], out: TextIO) -> bool:
    """Writes the table; true where every submission passed."""
    writer = csv.writer(out)
    columns = [column for task in lesson.tasks for column in (task, f"{task}: reason")]
    verdicts = []
    with _boxed(lesson) as parent:
        writer.writerow(["submission", "status", "passed", *columns, "confinement"])
        for path in submissions:
            verdicts.append(_verdict(lesson, path, parent))
            writer.writerow(_row(path.name, verdicts[-1]))
            out.flush()
    return all(verdict.passed for verdict in verdicts)


@contextlib.contextmanager
def _boxed(lesson: Lesson) -> Iterator[Parent]:
    """A parent whose box, where there is one, holds one folder to write to: all scratch folders lie in it."""
    with scratch_folder() as workshop:
        before, tempfile.tempdir = tempfile.tempdir, workshop
        try:
            with contextlib.closing(parent_of(lesson.slug, writable=workshop)) as parent:
                yield parent
        finally:
            tempfile.tempdir = before


def _verdict(lesson: Lesson, path: Path, parent: Parent) -> Verdict:
    if path.is_symlink():  # it may lead to anything on this machine, a good answer among it
        return not_judged(lesson.stem, lesson.tasks, "error", NOT_FOLLOWED)
    try:
        return judge(lesson, read_submission(path, lesson.entry), parent)
    except UnreadableSubmission as problem:
        return not_judged(lesson.stem, lesson.tasks, "error", str(problem))


def _row(name: str, verdict: Verdict) -> list[str]:
    passed = sum(told.status == "pass" for told in verdict.tasks)
    cells = [_safe(cell) for told in verdict.tasks for cell in (told.status, told.reason)]
    return [_safe(name), verdict.status, f"{passed}/{len(verdict.tasks)}", *cells, str(verdict.confinement or "")]


def _safe(cell: str) -> str:
    """The text, where a spreadsheet would not take it for a formula nor a terminal for a command."""
    shown = cell if cell.isprintable() else "".join(one if one.isprintable() else ascii(one)[1:-1] for one in cell)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown

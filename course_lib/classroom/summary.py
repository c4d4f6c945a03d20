"""What the command prints when a class is judged: first who needs a person's eye, then the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from course_lib.classroom.gradebook import Gradebook
from course_lib.classroom.names import together
from course_lib.classroom.results import Told
from course_lib.hazards.plainly import counted
from course_lib.reading import table
from course_lib.reports.legible import legible
from course_lib.syllabus import Lesson

MOST = 12  # names in a list on a terminal; the report's page has all
FEW = 4  # paths that are left out for one reason
SHORT = 160  # letters of a reason on a terminal

Named = Sequence[tuple[str, Lesson, str, Told]]


def summary(book: Gradebook, report: Path, judged: int, known: int) -> str:
    """All of it as text."""
    parts = [*_first(book), _by_task(book), *_besides(book), _figures(book, report, judged, known)]
    return "\n\n".join(filter(None, parts))


def _first(book: Gradebook) -> Iterator[str]:
    lists: Sequence[tuple[str, Callable[[], Named]]] = (
        ("Could not be measured (no mark; the next run tries again)", book.unmeasured),
        ("Did not come back: it loops or waits for ever", book.hung),
        ("Tampered with what judges it", book.tampered),
    )
    for title, named in lists:
        if lines := [f"  {legible(who)}, {one.stem}/{task}: {_short(told.reason)}" for who, one, task, told in named()]:
            yield "\n".join([f"{title}: {len(lines)}", *_bounded(lines)])


def _by_task(book: Gradebook) -> str:
    rows: list[tuple[object, ...]] = [("task", "passed", "not passed", "unmeasured", "not handed in")]
    for lesson, task in book.columns:
        told = [book.told(student, lesson, task) for student in book.students]
        statuses = [one.status if one else "" for one in told]
        passed, unmeasured, missing = map(statuses.count, ("pass", "unmeasured", ""))
        others = len(statuses) - passed - unmeasured - missing
        rows.append((f"{lesson.stem}/{task}", passed, others, unmeasured, missing))
    return table(rows)


def _besides(book: Gradebook) -> Iterator[str]:
    names = [legible(one) for one in book.with_nothing()]
    if names:
        yield f"Handed in nothing that counts: {_listed(names)}"
    if strangers := [legible(one) for one in book.strangers()]:
        yield f"Not on the roster: {_listed(strangers)}"
    if book.found.replaced:
        older = [legible(book.found.shown(one.path)) for one in book.found.replaced]
        yield f"Earlier attempts, not judged: {_listed(older)}"
    if book.found.left_out:
        yield "\n".join([f"No hand-in: {len(book.found.left_out)}", *_bounded(_by_reason(book.found.left_out))])


def _by_reason(left_out: Sequence[tuple[str, str]]) -> list[str]:
    """A line a reason, with what it is said of: a whole copy of the course has many of one."""
    paths: dict[str, list[str]] = {}
    for path, because in left_out:
        paths.setdefault(because, []).append(legible(path))
    return [
        f"  {because}: {_listed(paths[because], FEW)}" for because in sorted(paths, key=lambda one: len(paths[one]))
    ]


def _figures(book: Gradebook, report: Path, judged: int, known: int) -> str:
    before = f", {known} known from before" if known else ""
    class_of = f"{counted(len(book.students), 'student')}, {counted(judged + known, 'hand-in')}"
    told = f"{class_of}: {judged} judged now{before}."
    return f"{told}\nThe class: {legible(str(report / 'index.html'))}  marks: {legible(str(report / 'grades.csv'))}"


def _short(reason: str) -> str:
    shown = legible(reason)
    return shown if len(shown) <= SHORT else f"{shown[:SHORT]} …"


def _bounded(lines: list[str]) -> list[str]:
    return lines if len(lines) <= MOST else [*lines[:MOST], f"  … and {len(lines) - MOST} more, all on the page"]


def _listed(names: list[str], most: int = MOST) -> str:
    more = f", and {len(names) - most} more" if len(names) > most else ""
    return together(names[:most]) + more

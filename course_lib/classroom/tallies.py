"""How a class did, task by task: who of how many passed, and the reasons why others did not, the most common first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from course_lib.classroom.gradebook import Gradebook
from course_lib.classroom.results import Told
from course_lib.reports.page import table, text
from course_lib.syllabus import Lesson

Reason = Sequence[tuple[str, Told]]  # the students who failed for it, and what each was told


def tasks_table(book: Gradebook) -> str:
    """A row a task, the hardest first, with a bar; names nobody."""
    rows = [_row(book, lesson, task) for lesson, task in book.columns]
    rows.sort(key=lambda row: row[0])
    head = ("task", "", "passed", "not passed", "unmeasured", "not handed in")
    return table(head, [cells for _, cells in rows], figures=range(2, 6))


def _row(book: Gradebook, lesson: Lesson, task: str) -> tuple[float, list[str]]:
    told = (book.told(student, lesson, task) for student in book.students)
    statuses = [one.status if one else "" for one in told]
    passed, unmeasured, missing = map(statuses.count, ("pass", "unmeasured", ""))
    others = len(statuses) - passed - unmeasured - missing
    name = f"{text(lesson.title)}<br><code>{text(task)}</code>"
    bar = _bar(passed, others, unmeasured, len(statuses))
    return passed / max(1, passed + others), [name, bar, *map(str, (passed, others, unmeasured, missing))]


def _bar(passed: int, others: int, unmeasured: int, of: int) -> str:
    shares = ((passed, "g"), (others, "b"), (unmeasured, "u"))
    parts = "".join(f'<i class="{kind}" style="width:{100 * share / max(1, of):.2f}%"></i>' for share, kind in shares)
    words = f"{passed} passed, {others} not passed, {unmeasured} unmeasured of {of}"
    return f'<div class="bar" role="img" aria-label="{words}">{parts}</div>'


def reasons(book: Gradebook, lesson: Lesson, task: str) -> list[Reason]:
    """Who failed the task, grouped by the first check that did not hold, or by the reason where none was reached."""
    groups: dict[str, list[tuple[str, Told]]] = {}
    for student in book.students:
        told = book.told(student, lesson, task)
        if told is not None and told.status in ("fail", "error"):
            groups.setdefault(told.missed or re.sub(r"\d[\d,.]*", "…", told.reason), []).append((student, told))
    return [group for _, group in sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))]

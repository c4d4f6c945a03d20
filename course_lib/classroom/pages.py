"""The report's pages: index.html for whoever teaches, and one page for each student with nobody else on it.

The class page shows which tasks went well, why the others did not, who needs a look, and the marks. A student's page
has what the judge said of the hand-in, as `check` prints it; nothing of the solutions is in either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from course_lib.classroom.gradebook import Gradebook, mark
from course_lib.classroom.likeness import Alike, alike
from course_lib.classroom.names import file_names
from course_lib.classroom.page import STYLE, status
from course_lib.classroom.results import Results, Told
from course_lib.reading import Check, TaskVerdict
from course_lib.reports.folder import put
from course_lib.reports.page import listed, page, table, text
from course_lib.runner.version import judge_version
from course_lib.syllabus import Lesson

COMMON = 5  # reasons of a task on the page
NAMES = 30  # names in a list of the page


def write_pages(book: Gradebook, results: Results, out: Path) -> None:
    """Writes them, and removes the pages of students who are gone."""
    names = file_names(list(book.students))
    for student in book.students:
        put(out / "students" / f"{names[student]}.html", student_page(book, results, student))
    kept = {f"{name}.html" for name in names.values()}
    for path in (out / "students").glob("*.html"):
        if path.name not in kept:
            path.unlink()
    put(out / "index.html", class_page(book, names))


def student_page(book: Gradebook, results: Results, student: str) -> str:
    """What was said of this student's hand-ins."""
    marks = book.marks(student)
    body = [f"<h1>{text(student)}</h1>", f"<p>{marks.points} of {marks.possible} points{_open(marks.unmeasured)}</p>"]
    for lesson in book.lessons:
        hand_in = book.hand_in(student, lesson)
        body.append(f"<h2>{text(lesson.title)}</h2>")
        verdict = results.verdict(hand_in) if hand_in else None
        if hand_in is None or verdict is None:
            body.append("<p>Nothing was handed in.</p>")
            continue
        body.append(f'<p class="quiet">{text(hand_in.path.name)}</p>')
        body += map(_task, verdict.tasks)
    return page(f"{student}: what was judged", body, STYLE)


def _open(unmeasured: int) -> str:
    return f"; {unmeasured} could not be measured and cost nothing" if unmeasured else ""


def _task(verdict: TaskVerdict) -> str:
    head = f"<h3><code>{text(verdict.task)}</code>: {status(verdict.status)}</h3><p>{text(verdict.reason)}</p>"
    rows = [
        (status(check.status), text(check.name), text(check.measured), text(_missed(check))) for check in verdict.checks
    ]
    return head + (table(("", "check", "measured", "expected, and why"), rows) if rows else "")


def _missed(check: Check) -> str:
    if check.status == "pass":
        return ""
    return ". ".join(filter(None, [check.expected, check.feedback if check.feedback != check.measured else ""]))


def class_page(book: Gradebook, names: dict[str, str]) -> str:
    """The class on one page."""
    return page("The class", filter(None, _ClassPage(book, names).parts()), STYLE)


class _ClassPage:
    def __init__(self, book: Gradebook, names: dict[str, str]) -> None:
        self._book, self._names = book, names

    def parts(self) -> Iterator[str]:
        book = self._book
        yield f"<h1>The class: {text(book.found.folder.resolve().name)}</h1>"
        yield self._figures()
        yield self._first("Could not be measured: no mark; the next run tries again", book.unmeasured())
        yield self._first("Did not come back: it loops or waits for ever", book.hung())
        yield self._first("Tampered with what judges it", book.tampered())
        yield f"<h2>The tasks</h2>{self._tasks()}"
        yield f"<h2>The most common reasons</h2>{''.join(map(self._reasons, *zip(*book.columns, strict=True)))}"
        yield self._people("Handed in nothing that counts", book.with_nothing())
        yield self._people("Not on the roster", book.strangers())
        yield f"<h2>Marks</h2>{self._marks()}"
        yield self._alike()
        older = [text(book.found.shown(one.path)) for one in book.found.replaced]
        yield f"<h2>Earlier attempts, not judged</h2>{listed(older)}" if older else ""
        rest = [f"<code>{text(path)}</code>: {text(because)}" for path, because in book.found.left_out]
        yield f"<h2>No hand-in</h2>{listed(rest)}" if rest else ""

    def _figures(self) -> str:
        book = self._book
        held = sorted({result.confinement for result in book.results.values() if result.confinement})
        figures = f"{len(book.students)} students, {len(book.results)} hand-ins, {len(book.columns)} tasks."
        told = f"Judge {judge_version()}. Submissions were held by: {'; '.join(held) or 'nothing ran'}."
        return f'<p>{figures} A task is one point.</p><p class="quiet">{text(told)}</p>'

    def _student(self, student: str) -> str:
        return f'<a href="students/{quote(self._names[student])}.html">{text(student)}</a>'

    def _first(self, title: str, named: Sequence[tuple[str, Lesson, str, Told]]) -> str:
        if not named:
            return ""
        lines = (
            f"{self._student(who)}, <code>{text(task)}</code>: {text(told.reason)}" for who, _, task, told in named
        )
        return f'<div class="first"><b>{text(title)} ({len(named)})</b>{listed(lines)}</div>'

    def _people(self, title: str, students: Sequence[str]) -> str:
        return f"<h2>{text(title)}</h2><p>{', '.join(map(self._student, students))}</p>" if students else ""

    def _statuses(self, lesson: Lesson, task: str) -> list[str]:
        told = (self._book.told(student, lesson, task) for student in self._book.students)
        return [one.status if one else "" for one in told]

    def _tasks(self) -> str:
        rows = []
        for lesson, task in self._book.columns:
            statuses = self._statuses(lesson, task)
            passed, unmeasured, missing = map(statuses.count, ("pass", "unmeasured", ""))
            others = len(statuses) - passed - unmeasured - missing
            bar = _bar(passed, others, unmeasured, len(statuses))
            name = f"{text(lesson.title)}<br><code>{text(task)}</code>"
            rows.append(
                (passed / max(1, passed + others), [name, bar, *map(str, (passed, others, unmeasured, missing))])
            )
        rows.sort(key=lambda row: row[0])
        head = ("task", "", "passed", "not passed", "unmeasured", "not handed in")
        return table(head, [cells for _, cells in rows], figures=range(2, 6))

    def _reasons(self, lesson: Lesson, task: str) -> str:
        groups: dict[str, list[tuple[str, Told]]] = {}
        for student in self._book.students:
            told = self._book.told(student, lesson, task)
            if told is not None and told.status in ("fail", "error"):
                groups.setdefault(told.missed or re.sub(r"\d[\d,.]*", "…", told.reason), []).append((student, told))
        common = sorted(groups.items(), key=lambda one: (-len(one[1]), one[0]))
        if not common:
            return ""
        rows = [(str(len(ones)), text(ones[0][1].reason), self._named(ones)) for _, ones in common[:COMMON]]
        more = f'<p class="quiet">and {len(common) - COMMON} other reasons</p>' if len(common) > COMMON else ""
        return f"<h3><code>{text(task)}</code></h3>{table(('', 'for example', 'who'), rows, figures=[0])}{more}"

    def _named(self, ones: Sequence[tuple[str, Told]]) -> str:
        more = f" and {len(ones) - NAMES} more" if len(ones) > NAMES else ""
        return ", ".join(self._student(student) for student, _ in ones[:NAMES]) + more

    def _marks(self) -> str:
        book = self._book
        head = ["student", *(f"{one.number:02d}<br>{text(task)}" for one, task in book.columns), "points", "possible"]
        rows = []
        for student in book.students:
            marks = book.marks(student)
            told = [_mark(book.told(student, lesson, task)) for lesson, task in book.columns]
            rows.append([self._student(student), *told, str(marks.points), str(marks.possible)])
        legend = "1 passed, 0 not passed, ? unmeasured, nothing where nothing was handed in."
        return f'{table(head, rows, "marks")}<p class="quiet">{legend}</p>'

    def _alike(self) -> str:
        groups = alike(self._book)
        if not groups:
            return ""
        words = (
            "These answers have the same structure once names, texts, numbers and layout are left aside. Short repairs "
            "often do, and friends learn together: it is a question to ask, not a finding."
        )
        return f"<h2>Alike: did they work together?</h2><p>{words}</p>{''.join(map(self._group, groups))}"

    def _group(self, group: Alike) -> str:
        who = ", ".join(map(self._student, group.students))
        sides = "".join(f"<div>{self._student(one)}<pre>{text(code)}</pre></div>" for one, code in group.shown)
        return (
            f"<details open><summary><code>{text(group.task)}</code>: {who} ({group.size} pieces of syntax)</summary>"
            f'<div class="pair">{sides}</div></details>'
        )


def _mark(told: Told | None) -> str:
    if told is None:
        return ""
    shown = mark(told) or "?"
    return f'<span class="{told.status}" title="{text(told.reason)}">{shown}</span>'


def _bar(passed: int, others: int, unmeasured: int, of: int) -> str:
    shares = ((passed, "g"), (others, "b"), (unmeasured, "u"))
    parts = "".join(f'<i class="{kind}" style="width:{100 * share / max(1, of):.2f}%"></i>' for share, kind in shares)
    words = f"{passed} passed, {others} not passed, {unmeasured} unmeasured of {of}"
    return f'<div class="bar" role="img" aria-label="{words}">{parts}</div>'

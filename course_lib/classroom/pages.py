"""The report's pages: index.html for whoever teaches, one to show to the class, and one for each student alone.

The class page shows which tasks went well, why the others did not, who needs a look, and the marks; screen.html the
first two of these, with nobody's name. A student's page has what the judge said of the hand-in, as `check` prints it.
Nothing of the solutions is in any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from course_lib.classroom.gradebook import Gradebook, mark
from course_lib.classroom.likeness import Alike, alike
from course_lib.classroom.names import file_names
from course_lib.classroom.page import SCREEN, STYLE, status
from course_lib.classroom.results import Results, Told
from course_lib.classroom.tallies import Reason, reasons, tasks_table
from course_lib.hazards.plainly import counted
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
    put(out / "screen.html", screen_page(book))


def student_page(book: Gradebook, results: Results, student: str) -> str:
    """What was said of this student's hand-ins."""
    marks = book.marks(student)
    body = [f"<h1>{text(student)}</h1>", f"<p>{marks.points} of {marks.possible} points{_open(marks.unmeasured)}</p>"]
    missing = []
    for lesson in book.lessons:
        hand_in = book.hand_in(student, lesson)
        verdict = results.verdict(hand_in) if hand_in else None
        if hand_in is None or verdict is None:
            missing.append(text(lesson.title))
            continue
        body += [f"<h2>{text(lesson.title)}</h2>", f'<p class="quiet">{text(hand_in.path.name)}</p>']
        body += map(_task, verdict.tasks)
    body += [f"<h2>Not handed in</h2>{listed(missing)}"] if missing else []
    return page(f"{student}: what was judged", body, STYLE)


def _open(unmeasured: int) -> str:
    return f"; {unmeasured} could not be measured and cost nothing" if unmeasured else ""


def _task(verdict: TaskVerdict) -> str:
    head = f"<h3><code>{text(verdict.task)}</code>: {status(verdict.status)}</h3><p>{text(verdict.reason)}</p>"
    rows = [(status(one.status), text(one.name), _measured(one, verdict.reason)) for one in verdict.checks]
    return head + (table(("", "check", "measured"), rows) if rows else "")


def _measured(check: Check, said: str) -> str:
    """What was measured and, where that was not right, what was expected and why; not again what is `said` above."""
    lines = [text(check.measured)] if check.measured else []
    if check.status != "pass":
        lines += [f"<b>expected:</b> {text(check.expected)}"] if check.expected else []
        lines += [text(check.feedback)] if check.feedback not in ("", check.measured, said) else []
    return "<br>".join(lines)


def class_page(book: Gradebook, names: dict[str, str]) -> str:
    """The class on one page."""
    return page("The class", filter(None, _ClassPage(book, names).parts()), STYLE)


def screen_page(book: Gradebook) -> str:
    """How the class did, to be shown to it: what was measured, and nobody's name."""
    body = [
        f"<h1>The class, {len(book.students)} of us</h1>",
        "<p>How many missed which check, and one answer's own figures. Which line of such an answer makes the number "
        "what it is?</p>",
        *(_without_names(book, lesson, task) for lesson, task in book.columns),
        f"<h2>The tasks</h2>{tasks_table(book)}",
    ]
    return page("The class, without names", body, STYLE + SCREEN)


def _without_names(book: Gradebook, lesson: Lesson, task: str) -> str:
    """The reasons that a check gave; others may quote a file's name, and that its owner's."""
    rows = [
        (str(len(ones)), f"{text(ones[0][1].missed)}<br><b>{text(ones[0][1].reason)}</b>")
        for ones in reasons(book, lesson, task)
        if ones[0][1].missed
    ]
    return _of_task(lesson, task, rows) if rows else ""


def _of_task(lesson: Lesson, task: str, rows: Sequence[Sequence[str]]) -> str:
    title = f'<h3><code>{text(task)}</code> <span class="quiet">{text(lesson.title)}</span></h3>'
    return title + table((), rows, "reasons", figures=[0])


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
        yield f"<h2>The tasks</h2>{tasks_table(book)}"
        yield f"<h2>The most common reasons</h2><p>How many, as one of them was told, and who.</p>{self._all_reasons()}"
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
        counts = ((book.students, "student"), (book.results, "hand-in"), (book.columns, "task"))
        figures = f"{', '.join(counted(len(these), noun) for these, noun in counts)}."
        held = Counter(result.confinement for result in book.results.values() if result.confinement)
        lines = [f"{count} by {text(told)}" for told, count in sorted(held.items())] or ["nothing ran"]
        told = f"Judge {judge_version()}. Hand-ins were held:{listed(lines)}"
        return f'<p>{figures} A task is one point.</p><div class="quiet">{told}</div>'

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

    def _all_reasons(self) -> str:
        return "".join(self._reasons(lesson, task) for lesson, task in self._book.columns)

    def _reasons(self, lesson: Lesson, task: str) -> str:
        groups = reasons(self._book, lesson, task)
        if not groups:
            return ""
        rows = [(str(len(ones)), text(ones[0][1].reason), self._named(ones)) for ones in groups[:COMMON]]
        return _of_task(lesson, task, rows) + self._rarer(groups[COMMON:])

    def _rarer(self, groups: Sequence[Reason]) -> str:
        if not groups:
            return ""
        others = "another reason" if len(groups) == 1 else f"{len(groups)} other reasons"
        return f'<p class="quiet">And for {others}: {self._named([one for ones in groups for one in ones])}.</p>'

    def _named(self, ones: Reason) -> str:
        more = f" and {len(ones) - NAMES} more" if len(ones) > NAMES else ""
        return ", ".join(self._student(student) for student, _ in ones[:NAMES]) + more

    def _marks(self) -> str:
        book = self._book
        tasks = [f"{one.number:02d} {text(task)}" for one, task in book.columns]
        head = ["student", *(f"<span>{name}</span>" for name in (*tasks, "points", "possible"))]
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

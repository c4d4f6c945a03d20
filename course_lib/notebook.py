"""What a learner calls in a notebook: `check`, `hint`, `solution`, `reset`.

`check(function)` sends the cells that were run in this session to the judge, a process of its own that forks a confined
child for them, so nothing a submission does can hurt the kernel. It shows the same verdict as the command line.
"""

from __future__ import annotations

import atexit
import inspect
import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import IO, Any

from course_lib import course_process
from course_lib.advice import first_paragraph, next_hint, question_first, reset_and_tell, solution_text, what_helps
from course_lib.exercise_files import course_sources, exercise_path
from course_lib.hazards.coaching import coaching_for
from course_lib.progress import ProgressNotSaved, record_check
from course_lib.ran_cells import RanCell, RanCells, ago, answering, edited_since
from course_lib.reading import TaskVerdict, Verdict, not_judged
from course_lib.syllabus import LESSONS, Lesson, find_lesson, lesson_of_task
from course_lib.widgets.how_far import under_the_cell
from course_lib.widgets.verdict import Note, ReplayedVerdict, VerdictView

GRACE = 5.0  # seconds that a judge may take to end
PAGE_SAVES_WITHIN = 3.0  # seconds; it takes a tenth of one

_servers: dict[str, subprocess.Popen[str]] = {}
_cells = RanCells()


def check(subject: Any) -> VerdictView | Note:
    """Judges the task that `subject` (your function or class, or its name) answers, and shows the verdict."""
    found = _find_task(subject)
    if isinstance(found, Note):
        return found
    lesson, task = found
    if lesson.entry:
        return Note(
            f"{task} is judged as a folder, from a terminal: python -m course_lib check {lesson.stem} "
            f"exercises/{lesson.exercise} --task {task}"
        )
    cells = _session_cells(lesson, subject)
    try:
        verdict = _ask_judge(lesson, task, cells)
    except KeyboardInterrupt:
        _stop_server(lesson.slug)
        return Note("Stopped. Nothing was judged and nothing was lost; run the cell again when you like.")
    told, cell = verdict.tasks[0], answering(cells, task)
    shown = ReplayedVerdict if told.evidence else VerdictView
    footer = "\n".join(filter(None, [_footer(lesson, told, cell.source if cell else ""), verdict.warning]))
    judged = _what_was_judged(lesson, cell, verdict.seconds)
    return shown(verdict, told.evidence, footer, judged, partial(_desk, lesson, told, cell) if _shell() else None)


def _what_was_judged(lesson: Lesson, cell: RanCell | None, seconds: float) -> str:
    """One line: which cell, as it was run when, and how long the judge took."""
    if cell is None or not cell.number:
        return f"Judged in {seconds:.1f} s."
    edited = " It was edited since: run it, then check again." if edited_since(cell, exercise_path(lesson)) else ""
    return f"Judged: your cell [{cell.number}], run {ago(time.time() - cell.at)}, in {seconds:.1f} s.{edited}"


def _footer(lesson: Lesson, told: TaskVerdict, source: str) -> str:
    """Saves the attempt and says what comes next; after a pass first what is known of the approach taken."""
    try:
        record_check(lesson.stem, told.task, told.status, told.reason, told.failing)
        unsaved = ""
    except ProgressNotSaved as problem:
        unsaved = f"\n{problem}"
    coaching = coaching_for(lesson, told.task)
    if told.status == "pass":
        approach = coaching.approach(source)
        mine = [f"Your approach: {approach.in_words(_figures(told))}"] if approach else []
        answers = [f"  {answer.title}: {first_paragraph(answer.prose)}" for answer in coaching.answers]
        head = [f'Good answers to compare with yours (their code: solution("{told.task}")):'] if answers else []
        return ("\n".join([*mine, *head, *answers]) + unsaved).strip()
    return f"Next: {what_helps(lesson, told.task, told.failing)}{unsaved}"


def _figures(told: TaskVerdict) -> dict[str, str]:
    return {check.name: check.measured for check in told.checks}


def _desk(lesson: Lesson, told: TaskVerdict, cell: RanCell | None) -> Any:
    """The row of buttons under a verdict."""
    from course_lib.button_actions import actions_for  # widgets, and half a second that only a page needs
    from course_lib.widgets.desk import Desk

    number, source = (cell.number, cell.source) if cell else (0, "")
    return Desk(told.task, number, source, actions_for(lesson, told.task, told.status == "pass"))


def hint(subject: Any, rung: Any = None) -> Note:
    """The next hint that serves what the last check found; with `rung`, that one again."""
    found = _find_task(subject)
    if isinstance(found, Note):
        return found
    if rung is not None and not isinstance(rung, int):
        return Note(f"Which hint again? Give its number: hint({found[1]!r}, 1).")
    shown = next_hint(*found, rung)
    return Note(str(shown), shown.markdown)


def solution(subject: Any, sure: bool = False) -> Note:
    """The course's own answer to a task; it asks one question first."""
    found = _find_task(subject)
    if isinstance(found, Note):
        return found
    lesson, task = found
    return Note(solution_text(lesson, task) if sure else question_first(task, f'solution("{task}", sure=True)'))


def reset(exercise: str | None = None) -> Note:
    """Puts one exercise notebook back as it was delivered; your version is kept beside it, hints and history stay."""
    lesson = find_lesson(exercise or _notebook_stem()) if isinstance(exercise, str | None) else None
    if lesson is None:
        return Note(f'Which exercise? reset("NAME") with one of: {", ".join(one.stem for one in LESSONS)}')
    try:
        return Note(reset_and_tell(lesson, _saved_by_the_page(lesson)))
    except (OSError, ValueError) as error:
        return Note(f"{lesson.stem} could not be put back: {error}")


def _saved_by_the_page(lesson: Lesson) -> bool | None:
    """Asks the page of this very notebook to save, and waits for that; None where this is another notebook."""
    path = exercise_path(lesson)
    if _shell() is None or _notebook_stem() != lesson.stem or not path.exists():
        return None
    from IPython.display import display

    from course_lib.widgets.desk import SaveFirst

    before, until = path.stat().st_mtime_ns, time.monotonic() + PAGE_SAVES_WITHIN
    asking = display(SaveFirst(), display_id=True)  # type: ignore[no-untyped-call]  # IPython has no types
    while (waiting := path.stat().st_mtime_ns == before) and time.monotonic() < until:
        time.sleep(0.05)
    asking.update({"text/plain": ""}, raw=True)
    return not waiting


def _find_task(subject: Any) -> tuple[Lesson, str] | Note:
    """The lesson and task that an object, or a name, stands for; else a note that says what to do."""
    names = [subject] if isinstance(subject, str) else [*_names_of(subject), getattr(subject, "__name__", "")]
    for name in names:
        lesson = lesson_of_task(name)
        if lesson is not None:
            return lesson, name
    here = find_lesson(_notebook_stem())
    tasks = here.tasks if here else tuple(task for one in LESSONS for task in one.tasks)
    what = repr(subject) if isinstance(subject, str) else f"an object called {names[-1] or type(subject).__name__}"
    return Note(f"No task is answered by {what}; pass your function or class itself: {', '.join(tasks)}.")


def _names_of(subject: Any) -> list[str]:
    """The names under which the session knows this very object, tasks only."""
    shell = _shell()
    names = shell.user_ns.items() if shell else ()
    return [name for name, value in names if value is subject and lesson_of_task(name)]


def _shell() -> Any:
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


def _notebook_stem() -> str:
    return Path(os.environ.get("JPY_SESSION_NAME", "")).stem


def _session_cells(lesson: Lesson, subject: Any) -> list[RanCell]:
    """The learner's cells in the order in which they were last run in this session; outside of one, the file."""
    if _shell() is not None:
        return _cells.learners(course_sources(lesson))
    source = inspect.getsourcefile(subject) if callable(subject) else None
    return [RanCell("your file", 0, Path(source).read_text("utf-8"), 0.0)] if source else []


def _ask_judge(lesson: Lesson, task: str, cells: list[RanCell]) -> Verdict:
    """The judge's verdict; a judge that has died is started once more before that is called unmeasured."""
    stopped = [cell.label for cell in cells if cell.interrupted]
    asked = {"task": task, "cells": [(cell.label, cell.source) for cell in cells], "interrupted": stopped}
    request = json.dumps(asked) + "\n"
    for _ in range(2):
        server = _server(lesson.slug)
        try:
            assert server.stdin is not None and server.stdout is not None
            server.stdin.write(request)
            server.stdin.flush()
            answer = _answer_of(server.stdout)
            if answer:
                return Verdict.from_plain(answer)
        except (OSError, ValueError):
            pass
        _stop_server(lesson.slug)
    because = "the judge's process could not be started; restart the kernel and try again"
    return not_judged(lesson.stem, [task], "unmeasured", because)


def _answer_of(lines: IO[str]) -> dict[str, Any] | None:
    """The verdict that the judge writes, and before it how far it is, which is shown; None where it has ended."""
    with under_the_cell() as tell:
        while line := lines.readline():
            told: dict[str, Any] = json.loads(line)
            if "part" not in told:
                return told
            if _shell() is not None:
                tell(*told["part"])
    return None


def _server(slug: str) -> subprocess.Popen[str]:
    server = _servers.get(slug)
    if server is None or server.poll() is not None:
        server = _servers[slug] = course_process.start(
            "course_lib.runner.server",
            slug,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="surrogatepass",
        )
    return server


def _stop_server(slug: str) -> None:
    server = _servers.pop(slug, None)
    if server is not None:
        server.terminate()  # it ends its child and removes its folder first
        try:
            server.wait(GRACE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        for stream in (server.stdin, server.stdout):
            if stream is not None:
                stream.close()


def _stop_all() -> None:
    for slug in list(_servers):
        _stop_server(slug)


def _start() -> None:
    """On import in a kernel: watch the cells, and warm the judge of the notebook that is open."""
    atexit.register(_stop_all)
    shell = _shell()
    if shell is None:
        return
    _cells.ran_before(shell.history_manager.input_hist_raw[1:])
    shell.events.register("pre_run_cell", _cells.begins)
    shell.events.register("post_run_cell", _cells.ends)
    lesson = find_lesson(_notebook_stem())
    if lesson is not None:
        _server(lesson.slug)


_start()

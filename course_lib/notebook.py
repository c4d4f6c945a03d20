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
from pathlib import Path
from typing import Any

from course_lib.advice import first_paragraph, next_hint, question_first, reset_and_tell, solution_text
from course_lib.exercise_files import course_sources
from course_lib.hazards.coaching import coaching_for
from course_lib.progress import ProgressNotSaved, record_check
from course_lib.reading import TaskVerdict, Verdict, not_judged
from course_lib.syllabus import LESSONS, Lesson, find_lesson, lesson_of_task
from course_lib.widgets.verdict import Note, ReplayedVerdict, VerdictView

GRACE = 5.0  # seconds that a judge may take to end

_servers: dict[str, subprocess.Popen[str]] = {}
_cells: dict[str, tuple[str, str]] = {}
_interrupted: set[str] = set()


def check(subject: Any) -> VerdictView | Note:
    """Judges the task that `subject` (your function or class, or its name) answers, and shows the verdict."""
    found = _find_task(subject)
    if isinstance(found, Note):
        return found
    lesson, task = found
    try:
        verdict = _ask_judge(lesson, task, _session_cells(lesson, subject))
    except KeyboardInterrupt:
        _stop_server(lesson.slug)
        return Note("Stopped. Nothing was judged and nothing was lost; run the cell again when you like.")
    told = verdict.tasks[0]
    shown = ReplayedVerdict if told.evidence else VerdictView
    footer = "\n".join(filter(None, [_footer(lesson, told), verdict.warning]))
    return shown(verdict, evidence=told.evidence, footer=footer)


def _footer(lesson: Lesson, told: TaskVerdict) -> str:
    """Saves the attempt and says what comes next."""
    try:
        record_check(lesson.stem, told.task, told.status, told.reason, told.failing)
        unsaved = ""
    except ProgressNotSaved as problem:
        unsaved = f"\n{problem}"
    coaching = coaching_for(lesson, told.task)
    if told.status == "pass":
        answers = "\n".join(f"  {answer.title}: {first_paragraph(answer.prose)}" for answer in coaching.answers)
        return (
            f'Good answers to compare with yours (their code: solution("{told.task}")):\n{answers}' + unsaved
        ).strip()
    return (
        f'Next: hint("{told.task}") gives one of {len(coaching.ladder(told.failing))} hints; they cost nothing.'
        + unsaved
    )


def hint(subject: Any, rung: int | None = None) -> Note:
    """The next hint that serves what the last check found; with `rung`, that one again."""
    found = _find_task(subject)
    if isinstance(found, Note):
        return found
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
    lesson = find_lesson(exercise or _notebook_stem())
    if lesson is None:
        return Note(f'Which exercise? reset("NAME") with one of: {", ".join(one.stem for one in LESSONS)}')
    try:
        return Note(reset_and_tell(lesson))
    except (OSError, ValueError) as error:
        return Note(f"{lesson.stem} could not be put back: {error}")


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


def _session_cells(lesson: Lesson, subject: Any) -> list[tuple[str, str]]:
    """(label, source) of the learner's cells in the order in which they were last run in this session."""
    shell = _shell()
    if shell is None:
        source = inspect.getsourcefile(subject) if callable(subject) else None
        return [("your file", Path(source).read_text("utf-8"))] if source else []
    ours = course_sources(lesson)
    return [(label, source) for label, source in _cells.values() if source.strip() not in ours]


def _ask_judge(lesson: Lesson, task: str, cells: list[tuple[str, str]]) -> Verdict:
    """The judge's verdict; a judge that has died is started once more before that is called unmeasured."""
    stopped = [_cells[key][0] for key in _interrupted if key in _cells]
    request = json.dumps({"task": task, "cells": cells, "interrupted": stopped}) + "\n"
    for _ in range(2):
        server = _server(lesson.slug)
        try:
            assert server.stdin is not None and server.stdout is not None
            server.stdin.write(request)
            server.stdin.flush()
            answer = server.stdout.readline()
            if answer:
                return Verdict.from_plain(json.loads(answer))
        except (OSError, ValueError):
            pass
        _stop_server(lesson.slug)
    because = "the judge's process could not be started; restart the kernel and try again"
    return not_judged(lesson.stem, [task], "unmeasured", because)


def _server(slug: str) -> subprocess.Popen[str]:
    server = _servers.get(slug)
    if server is None or server.poll() is not None:
        root = str(Path(__file__).resolve().parents[1])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        server = _servers[slug] = subprocess.Popen(
            [sys.executable, "-m", "course_lib.runner.server", slug],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="surrogatepass",
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,
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


def _remember_cell(info: Any) -> None:
    """Keeps the source of each cell as it was last run, in order of that run; a cell run twice counts once.

    Sources come from here and not from the history, which tools that run notebooks switch off.
    """
    source = str(info.raw_cell)
    if source.strip():
        key = _key(info)
        _cells.pop(key, None)
        _cells[key] = (f"the cell run as [{_shell().execution_count}]", source)


def _remember_end(result: Any) -> None:
    """Keeps which cells the learner has stopped: the judge does not wait long for what nobody waited for."""
    key = _key(result.info)
    (_interrupted.add if isinstance(result.error_in_exec, KeyboardInterrupt) else _interrupted.discard)(key)


def _key(info: Any) -> str:
    return str(getattr(info, "cell_id", None) or info.raw_cell)


def _start() -> None:
    """On import in a kernel: watch the cells, and warm the judge of the notebook that is open."""
    atexit.register(_stop_all)
    shell = _shell()
    if shell is None:
        return
    for number, source in enumerate(shell.history_manager.input_hist_raw[1:], 1):
        _cells[source] = (f"the cell run as [{number}]", source)
    shell.events.register("pre_run_cell", _remember_cell)
    shell.events.register("post_run_cell", _remember_end)
    lesson = find_lesson(_notebook_stem())
    if lesson is not None:
        _server(lesson.slug)


_start()

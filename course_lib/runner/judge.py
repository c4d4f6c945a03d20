"""From a submission to a verdict: the one place where the command line and the notebook meet."""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from course_lib.hazards.plainly import shown
from course_lib.hazards.terms import SubmissionError, Task, Unmeasured
from course_lib.reading import Check, TaskVerdict, Verdict, failed, overall, weakest
from course_lib.runner.how_far import HowFar, unheard
from course_lib.runner.parent import Parent
from course_lib.runner.session import NotLoaded, Session
from course_lib.runner.side_by_side import in_order
from course_lib.runner.source import Submission
from course_lib.syllabus import Lesson

SETTLED = "what a call gives stays as it was"
LONGEST_TEXT = 2000  # characters of a text that may quote the submission


def judge(
    lesson: Lesson, submission: Submission, parent: Parent, tasks: Iterable[str] = (), how_far: HowFar = unheard
) -> Verdict:
    """The verdict on the named tasks of the lesson's exercise, or on all of them.

    The tasks of a folder, which can start no processes, are judged several at once where the parent can; how far it is
    then tells the task, else what a task tells of its runs.
    """
    begun = time.perf_counter()
    chosen: dict[str, Task] = importlib.import_module(f"course_lib.hazards.{lesson.slug}.grader").TASKS
    names = tuple(tasks) or lesson.tasks
    many = lesson.entry is not None and len(names) > 1
    sessions = [Session(parent, submission, name, chosen[name], unheard if many else how_far) for name in names]
    jobs = [partial(_judge_task, session.name, chosen[session.name], session) for session in sessions]
    verdicts: list[TaskVerdict] = []
    try:
        for session, told in zip(sessions, in_order(jobs, parent.at_once if many else 1), strict=True):
            verdicts.append(_legible(replace(told, printed=session.printed)))
            if many:
                how_far(len(verdicts), len(names))
    except NotLoaded as problem:
        verdicts += _not_loaded(_escaped(str(problem)), sessions[len(verdicts) :])
    status = overall([verdict.status for verdict in verdicts])
    seconds = round(time.perf_counter() - begun, 3)
    return Verdict(lesson.stem, status, seconds, tuple(verdicts), weakest(session.confinement for session in sessions))


def _not_loaded(reason: str, sessions: Sequence[Session]) -> Iterator[TaskVerdict]:
    """The same of every task that is left; what was printed is told of the first."""
    for number, session in enumerate(sessions):
        yield _legible(TaskVerdict(session.name, "error", reason, printed="" if number else session.printed))


def _judge_task(name: str, task: Task, session: Session) -> TaskVerdict:
    try:
        judged = [_about(task, check) for check in task.judge(session)]
    except NotLoaded:
        raise
    except SubmissionError as problem:
        return TaskVerdict(name, "error", _with_skipped(str(problem), session.skipped))
    except Unmeasured as problem:
        return TaskVerdict(name, "unmeasured", str(problem))
    except Exception as problem:  # a grader that falls over is the course's fault, whatever the submission did
        return TaskVerdict(name, "unmeasured", f"the course's own check failed ({type(problem).__name__}: {problem})")
    checks = (*_unsettled(session), *judged)
    status = overall([check.status for check in checks])
    evidence = task.evidence(session.observations) if task.evidence else None
    return TaskVerdict(name, status, _with_skipped(_reason(checks), session.skipped), checks, evidence)


def _unsettled(session: Session) -> list[Check]:
    """A failed check where a result or an argument was not what it was when its call returned; else none."""
    return [
        replace(failed(SETTLED, told, "complete and final when the call returns", told), about="function")
        for what, then, now in session.changes[:1]
        for told in [f"{what} went on changing after the call had returned: {shown(then)} then, {shown(now)} later"]
    ]


def _about(task: Task, check: Check) -> Check:
    return replace(check, about="function" if check.name in task.function else "hazard")


def _legible(verdict: TaskVerdict) -> TaskVerdict:
    """The same verdict without what a submission could play on a terminal: its texts may quote the submission."""
    checks = tuple(
        replace(check, measured=_escaped(check.measured, "\n"), feedback=_escaped(check.feedback, "\n"))
        for check in verdict.checks
    )
    printed = _escaped(verdict.printed, "\n\t")
    return replace(verdict, reason=_escaped(verdict.reason), checks=checks, printed=printed)


def _escaped(text: str, kept: str = "") -> str:
    if len(text) > LONGEST_TEXT:
        text = f"{text[: LONGEST_TEXT - 40]} … ({len(text):,} characters in all)"
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() or one in kept else one.encode("unicode_escape").decode("ascii") for one in text
    )


def _reason(checks: tuple[Check, ...]) -> str:
    """The sentence of the first check that is not a pass, or how many held."""
    for check in checks:
        if check.status not in ("pass", "skipped"):
            return check.feedback or f"{check.name}: {check.measured}"
    return f"all {len(checks)} checks hold"


def _with_skipped(reason: str, skipped: list[str]) -> str:
    fresh = [told for told in skipped if told not in reason]
    return f"{reason} (skipped: {'; '.join(fresh)})" if fresh else reason

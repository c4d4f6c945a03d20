"""A class from its folder to its report: finds what was handed in, has judged what is not known, writes what is asked.

Nothing that was judged is judged again, but the tasks that could not be measured. The same folder gives the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from course_lib.classroom.cluster import Cluster, NoCluster
from course_lib.classroom.finding import LOOKED_FOR, Found, HandIn, find
from course_lib.classroom.gradebook import Gradebook, grades
from course_lib.classroom.pages import write_pages
from course_lib.classroom.pool import Job, Pool
from course_lib.classroom.progress import progress
from course_lib.classroom.results import Results
from course_lib.classroom.roster import NotARoster, Roster, read_roster
from course_lib.classroom.summary import summary
from course_lib.classroom.systems.tables import UnfitRoster
from course_lib.classroom.systems.writing import check_roster, write_for
from course_lib.reading import Verdict, not_judged, overall, weakest
from course_lib.reports.folder import NotAReport, put
from course_lib.reports.legible import legible
from course_lib.runner.confinement.level import NOT_HELD, lacking
from course_lib.syllabus import EXERCISES, Lesson

FEW = 20  # hand-ins that are tried once more when the machine has become quiet


class WrongUsage(Exception):
    """The class can't be judged as it was asked for; the message is the sentence to show."""


@dataclass(frozen=True)
class Wanted:
    """What the command was asked for; no lessons are all that were handed in, no jobs the processors.

    What is `trusted` is run though files, processes and network can't be shut off.
    """

    folder: Path
    out: Path
    lessons: Sequence[Lesson] = ()
    jobs: int | None = None
    roster: Path | None = None
    systems: Sequence[str] = ()
    scheduler: str | None = None
    trusted: bool = False


@dataclass(frozen=True)
class Graded:
    """What to print, and whether everything could be measured."""

    told: str
    whole: bool


def grade_class(wanted: Wanted) -> Graded:
    """Judges what is not known yet and writes the report; raises WrongUsage."""
    roster = _roster(wanted)
    found = _found(wanted, roster)
    if not wanted.trusted and wanted.scheduler is None and (missing := lacking()):
        raise WrongUsage(NOT_HELD.format(missing=missing))
    try:
        with Results(wanted.out) as results:
            known = _judge(found, results, wanted)
            results.tidy()
            book = _gradebook(found, results, wanted, roster)
            put(wanted.out / "grades.csv", grades(book))
            write_pages(book, results, wanted.out)
            notes = [write_for(system, book, results, roster, wanted.out) for system in wanted.systems]
    except (NotAReport, NoCluster) as problem:
        raise WrongUsage(str(problem)) from problem
    told = summary(book, wanted.out, len(found.counted) - known, known)
    return Graded("\n".join([told, *notes]), not book.unmeasured())


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _roster(wanted: Wanted) -> Roster | None:
    try:
        roster = read_roster(wanted.roster) if wanted.roster else None
        for system in wanted.systems:
            check_roster(system, roster)
    except (NotARoster, UnfitRoster) as problem:
        raise WrongUsage(str(problem)) from problem
    return roster


def _found(wanted: Wanted, roster: Roster | None) -> Found:
    if not wanted.folder.is_dir():
        raise WrongUsage(f"{wanted.folder} is not a folder; name the one that holds the submissions")
    found = find(wanted.folder, without=wanted.out, roster=roster)
    if wanted.lessons:
        chosen = {lesson.stem for lesson in wanted.lessons}
        found.counted = {key: one for key, one in found.counted.items() if one.lesson.stem in chosen}
        found.replaced = [one for one in found.replaced if one.lesson.stem in chosen]
    if not found.counted:
        which = f" for {', '.join(lesson.stem for lesson in wanted.lessons)}" if wanted.lessons else ""
        named = [f"{legible(path)}: {because}" for path, because in found.left_out[:3]]
        besides = f" ({'; '.join(named)})" if named else ""
        raise WrongUsage(f"there is no submission{which} in {wanted.folder}; looked for {LOOKED_FOR}{besides}")
    return found


def _answers(jobs: Sequence[Job], wanted: Wanted, alone: bool = False) -> Iterator[tuple[Job, dict[str, object]]]:
    """Each job with its answer, from the processes of this machine or from a cluster; `alone`, one after the other."""
    if wanted.scheduler is not None:
        return Cluster(jobs, wanted.scheduler, wanted.trusted).results()
    return Pool(jobs, 1 if alone else wanted.jobs or processors()).results()


def _judge(found: Found, results: Results, wanted: Wanted) -> int:
    """Has judged what is not known; how many hand-ins were."""
    jobs, known = [], 0
    for one in sorted(found.counted.values(), key=lambda one: (one.lesson.number, one.student)):
        result = results.known(one)
        tasks = one.lesson.tasks if result is None else tuple(result.unmeasured)
        if one.trouble and result is None:
            results.append(one, not_judged(one.lesson.stem, tasks, "error", one.trouble), {})
        elif tasks:
            jobs.append(Job(one, tasks))
        else:
            known += 1
    with progress(len(jobs)) as step:
        for job, told in _answers(jobs, wanted):
            _keep(job.hand_in, told, results)
            step()
    _once_more(jobs, results, wanted)
    return known


def _once_more(jobs: Sequence[Job], results: Results, wanted: Wanted) -> None:
    """Has judged again, one at a time, what could not be measured beside the others; but not where that is much."""
    left = [Job(job.hand_in, tuple(tasks)) for job in jobs if (tasks := _unmeasured(job.hand_in, results))]
    if 0 < len(left) <= FEW:
        for job, told in _answers(left, wanted, alone=True):
            _keep(job.hand_in, told, results)


def _unmeasured(one: HandIn, results: Results) -> list[str]:
    result = results.known(one)
    return result.unmeasured if result else []


def _keep(one: HandIn, told: dict[str, object], results: Results) -> None:
    verdict = Verdict.from_plain(told["verdict"])  # type: ignore[arg-type]  # plain data from our own worker
    structures = told["structures"]
    assert isinstance(structures, dict)
    before = results.verdict(one)
    if before is not None:
        structures = {**results.structures(one), **structures}
    results.append(one, verdict if before is None else merged(before, verdict), structures)


def merged(before: Verdict, again: Verdict) -> Verdict:
    """The verdict with the tasks that were judged again in place of what was said of them before."""
    anew = {told.task: told for told in again.tasks}
    tasks = tuple(anew.get(told.task, told) for told in before.tasks)
    held = weakest([before.confinement, again.confinement])
    seconds = round(before.seconds + again.seconds, 3)
    return replace(again, status=overall([t.status for t in tasks]), seconds=seconds, tasks=tasks, confinement=held)


def _gradebook(found: Found, results: Results, wanted: Wanted, roster: Roster | None) -> Gradebook:
    named = {lesson.stem for lesson in wanted.lessons}
    lessons = [lesson for lesson in EXERCISES if lesson.stem in (named or found.exercises)]
    students = sorted({*found.students, *(roster or ())})
    told = {one.key: result for one in found.counted.values() if (result := results.known(one)) is not None}
    return Gradebook(found, students, lessons, told, frozenset(roster) if roster is not None else None)

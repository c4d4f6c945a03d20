"""What each command does; heavy parts are imported by the command that needs them.

A command takes its options and gives its exit status; wrong usage is raised as `Usage`.
"""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from course_lib.cli.options import Usage
from course_lib.reading import Verdict, not_judged
from course_lib.runner.chosen import FOR_ONE, parent_of
from course_lib.runner.parent import ParentLost
from course_lib.syllabus import EXERCISES, LESSONS, Lesson, find_lesson, lesson_of_task

NOT_KEPT = "This is not kept as your progress; with --mine it is."


class Exit(IntEnum):
    """What the command's exit status means."""

    PASSED = 0
    NOT_PASSED = 1
    WRONG_USAGE = 2
    UNMEASURED = 3


def _lesson(exercise: str) -> Lesson:
    lesson = find_lesson(exercise)
    if lesson is None:
        raise Usage(f"there is no exercise {exercise!r}; there are: {', '.join(one.stem for one in EXERCISES)}")
    return lesson


def _lesson_of(task: str) -> Lesson:
    lesson = lesson_of_task(task)
    if lesson is None and (exercise := find_lesson(task)) is not None:
        raise Usage(f"{task} is an exercise; name one of its tasks: {', '.join(exercise.tasks)}")
    if lesson is None:
        tasks = [name for one in EXERCISES for name in one.tasks]
        raise Usage(f"there is no task {task!r}; there are: {', '.join(tasks)}")
    return lesson


def _check(options: argparse.Namespace) -> int:
    if (options.system is None) != (options.out is None):
        raise Usage("--for SYSTEM and --out FILE go together")
    if options.out is not None:
        _remove(options.out, options.submission)
    lesson = _lesson(options.exercise)
    if options.task is not None and options.task not in lesson.tasks:
        raise Usage(f"{lesson.stem} has no task {options.task!r}; it has: {', '.join(lesson.tasks)}")
    try:
        verdict = _judge(lesson, options)
    except ParentLost as problem:
        wanted = [options.task] if options.task else lesson.tasks
        verdict = not_judged(lesson.stem, wanted, "unmeasured", str(problem))
    except Usage as problem:
        if options.system is None or not options.submission.is_file():
            raise
        verdict = not_judged(lesson.stem, lesson.tasks, "error", str(problem))  # the learner is told over there
    written = _write_for(options, verdict)
    print(json.dumps(verdict.to_plain()) if options.json else verdict, flush=True)
    if options.mine or _is_own_exercise(lesson, options.submission):
        _remember(lesson, verdict)
    elif not options.json and options.system is None:
        print(f"\n{NOT_KEPT}", flush=True)
    if written and options.system == "classroom50":
        return Exit.PASSED  # there the marks are in the file, and the status says whether it is there
    return {"pass": Exit.PASSED, "unmeasured": Exit.UNMEASURED}.get(verdict.status, Exit.NOT_PASSED)


def _remove(out: Path, submission: Path) -> None:
    """Takes away what an earlier run wrote: it must not be taken for this one's. What is handed in stays."""
    try:
        if out.exists() and _is_of(out, submission):
            raise Usage(f"{out} is what is to be judged; name another file for --out")
        if not stat.S_ISREG(os.lstat(out).st_mode):
            raise Usage(f"{out} is no regular file, so it is not replaced; name a file for --out")
        out.unlink()
    except FileNotFoundError:
        return
    except OSError as problem:
        raise Usage(f"{out} can't be replaced: {problem.strerror}; name a file for --out") from problem


def _is_of(out: Path, submission: Path) -> bool:
    """Whether the file is the submission or, but for a verdict from before, lies in it."""
    if submission.is_dir():
        return out.suffix.lower() != ".json" and out.resolve().is_relative_to(submission.resolve())
    return submission.exists() and out.samefile(submission)


def _write_for(options: argparse.Namespace, verdict: Verdict) -> bool:
    """Writes the verdict for another system's grader, where one is named; whether there is a file."""
    if options.system is None:
        return False
    from course_lib.classroom.systems.writing import write_check

    written = write_check(options.system, verdict, options.out)
    if not written:
        print(f"{options.out} was not written: something could not be measured", file=sys.stderr)
    return written


def _judge(lesson: Lesson, options: argparse.Namespace) -> Verdict:
    parent = parent_of(lesson.slug, early=True, at_once=FOR_ONE)  # before any grader is imported: see warm.py
    try:
        from course_lib.runner.how_far import on_standard_error
        from course_lib.runner.judge import judge
        from course_lib.runner.source import UnreadableSubmission, read_submission

        submission = read_submission(options.submission, lesson.entry)
        with on_standard_error() as how_far:
            return judge(lesson, submission, parent, [options.task] if options.task else (), how_far)
    except UnreadableSubmission as problem:
        raise Usage(str(problem)) from problem
    finally:
        parent.close()


def _is_own_exercise(lesson: Lesson, submission: Path) -> bool:
    """Whether it is the learner's own notebook; a folder of forty students' files is nobody's progress."""
    from course_lib.exercise_files import exercise_path

    return submission.resolve() == exercise_path(lesson).resolve()


def _remember(lesson: Lesson, verdict: Verdict) -> None:
    """Keeps the verdict as the learner's progress; says so where that could not be."""
    from course_lib.progress import ProgressNotSaved, record_check

    try:
        for told in verdict.tasks:
            record_check(lesson.stem, told.task, told.status, told.reason, told.failing)
    except ProgressNotSaved as problem:
        print(problem, file=sys.stderr)


def _grade(options: argparse.Namespace) -> int:
    *exercise, folder = options.named
    if len(exercise) > 1:
        raise Usage(
            f"grade takes an exercise and a folder, or a folder and --out REPORT; not {len(exercise) + 1} names"
        )
    if options.out is None:
        return _grade_to_table(options, exercise, Path(folder))
    from course_lib.classroom.grading import Wanted, WrongUsage, grade_class

    if options.jobs is not None and options.jobs < 1:
        raise Usage("--jobs must be 1 or more")
    if options.jobs is not None and options.scheduler is not None:
        raise Usage("--jobs is for this machine; with --scheduler the cluster's own workers judge")
    lessons = [_lesson(name) for name in [*exercise, *options.exercise]]
    systems = tuple(dict.fromkeys(options.systems))
    try:
        graded = grade_class(
            Wanted(
                Path(folder),
                options.out,
                lessons,
                options.jobs,
                options.roster,
                systems,
                options.scheduler,
                options.trust_submissions,
            )
        )
    except WrongUsage as problem:
        raise Usage(str(problem)) from problem
    print(graded.told, flush=True)
    return Exit.PASSED if graded.whole else Exit.UNMEASURED


def _grade_to_table(options: argparse.Namespace, exercise: list[str], folder: Path) -> int:
    """One exercise's submissions as lines on standard output."""
    if not exercise:
        raise Usage("name the report's folder, --out REPORT; or an exercise before the folder, for a table of it alone")
    if options.exercise or options.jobs is not None or options.scheduler or options.roster or options.systems:
        raise Usage("--exercise, --jobs, --scheduler, --roster and --for go with --out REPORT")
    lesson = _lesson(exercise[0])
    if not folder.is_dir():
        raise Usage(f"{folder} is not a folder; name the one that holds the submissions")
    from course_lib.grade import SUFFIXES, grade_folder, submissions_in
    from course_lib.runner.confinement.level import NOT_HELD, lacking

    if not options.trust_submissions and (missing := lacking()):
        raise Usage(NOT_HELD.format(missing=missing))
    submissions = submissions_in(folder, lesson)
    if not submissions:
        wanted = f"folder with {lesson.entry[0]}" if lesson.entry else f"file that ends in {' or '.join(SUFFIXES)}"
        raise Usage(f"there is no {wanted} in {folder} itself; put the submissions there")
    return Exit.PASSED if grade_folder(lesson, submissions, sys.stdout) else Exit.NOT_PASSED


def _review(options: argparse.Namespace) -> int:
    from course_lib.review.command import NotRead, answer

    try:
        told = answer(options.file, options.format, options.json, options.sarif)
    except NotRead as problem:
        raise Usage(str(problem)) from problem
    print(told.text, flush=True)
    return told.status


def _hint(options: argparse.Namespace) -> int:
    from course_lib.advice import IN_A_TERMINAL, next_hint

    lesson = _lesson_of(options.task)
    if options.exercise is not None and _lesson(options.exercise) != lesson:
        raise Usage(f"{options.task} is a task of {lesson.stem}, not of {options.exercise}")
    print(next_hint(lesson, options.task, words=IN_A_TERMINAL))
    return Exit.PASSED


def _solution(options: argparse.Namespace) -> int:
    from course_lib.advice import question_first, solution_text

    lesson = _lesson_of(options.task)
    if options.sure:
        print(solution_text(lesson, options.task))
    else:
        print(question_first(options.task, f"python -m course_lib solution {options.task} --sure"))
    return Exit.PASSED


def _reset(options: argparse.Namespace) -> int:
    from course_lib.advice import reset_and_tell

    lesson = _lesson(options.exercise)
    try:
        print(reset_and_tell(lesson))
    except (OSError, ValueError) as error:
        raise Usage(f"{lesson.stem} could not be put back: {getattr(error, 'strerror', None) or error}") from error
    return Exit.PASSED


def _progress(_options: argparse.Namespace) -> int:
    from course_lib.progress import overview

    print(overview())
    return Exit.PASSED


def _certificate(options: argparse.Namespace) -> int:
    from course_lib.certificate import Certificate, NotWritten

    certificate = Certificate()
    print(certificate, flush=True)
    try:
        certificate.write(options.out)
    except NotWritten as problem:
        raise Usage(str(problem)) from problem
    print(f"\nThe page is in {options.out}; it needs nothing else, and prints.")
    return Exit.PASSED


def _watch(options: argparse.Namespace) -> int:
    from course_lib.watch import SUFFIXES as WATCHED
    from course_lib.watch import exercises, watch

    places = options.places or [exercises()]
    if missing := [str(place) for place in places if not place.exists()]:
        raise Usage(f"there is no file or folder {', '.join(missing)}; name what is to be watched")
    if strange := [str(place) for place in places if place.is_file() and place.suffix.lower() not in WATCHED]:
        raise Usage(f"{', '.join(strange)}: neither a .py file nor a notebook (.ipynb), so nothing would be judged")
    watch(places, tell=lambda text: print(text, flush=True))
    return Exit.PASSED


def _list(_options: argparse.Namespace) -> int:
    for lesson in EXERCISES:
        print(f"{lesson.stem:<26} {lesson.minutes:>3} min  {', '.join(lesson.tasks)}")
    return Exit.PASSED


def _trial(options: argparse.Namespace) -> int:
    from course_lib.trial.power import advice
    from course_lib.trial.running import WrongUsage, trial_of_command, trial_of_folder

    if not options.selftest:
        _refuse_half_a_trial(options)
    prompts = [name.strip() for name in options.prompts.split(",")] if options.prompts is not None else []
    try:
        if options.selftest:
            return _selftest(options)
        if options.answers is not None:
            trial = trial_of_folder(options.answers, options.out, prompts, options.task)
        else:
            several = options.samples, options.task, options.seconds
            trial = trial_of_command(options.assistant, options.out, prompts, *several)
        if trial.left_out:
            left_out = ", ".join(map(ascii, trial.left_out))
            print(f"left out, since the course has no such task: {left_out}", file=sys.stderr)
        counts = trial.run()
    except WrongUsage as problem:
        raise Usage(str(problem)) from problem
    print(json.dumps(counts.to_plain()) if options.json else f"{counts}\n\n{counts.too_few or advice()}")
    return Exit.PASSED if counts.is_whole else Exit.UNMEASURED


def _refuse_half_a_trial(options: argparse.Namespace) -> None:
    if (options.answers is None) == (options.assistant is None):
        raise Usage("name either --answers FOLDER or --assistant 'COMMAND'")
    if options.assistant is not None and not options.assistant.strip():
        raise Usage("--assistant names no command; a variable that is not set is an empty one")
    if options.out is None:
        raise Usage("name the report's folder: --out REPORT")
    if options.samples < 1 or not options.seconds > 0:
        raise Usage("--samples and --seconds must be more than 0")


def _selftest(options: argparse.Namespace) -> int:
    from course_lib.trial.running import chosen_tasks
    from course_lib.trial.selftest import selftest, whole

    if not whole():
        raise Usage("--selftest judges the course's own solutions, and this copy of the course has none")
    wrong = 0
    for reference, judged, is_right in selftest(chosen_tasks(options.task)):
        print(f"{'right' if is_right else 'WRONG'}  {reference}: {judged.in_words()}", flush=True)
        wrong += not is_right
    print(f"{wrong} of the course's own references judged wrongly" if wrong else "every reference judged rightly")
    return Exit.NOT_PASSED if wrong else Exit.PASSED


def _production(options: argparse.Namespace) -> int:
    from course_lib.production.command import NotRun, produce

    wanted = options.folder, options.seconds, options.seed, options.incident
    try:
        run = produce(*wanted, options.locust, tell=None if options.json else lambda words: print(words, flush=True))
    except NotRun as problem:
        raise Usage(str(problem)) from problem
    print(json.dumps(run.to_plain()) if options.json else f"\n{run}", flush=True)
    return Exit.PASSED if run.held else Exit.NOT_PASSED


def _release(options: argparse.Namespace) -> int:
    from course_lib.release import NotReleased, release

    try:
        release(options.out, hints=not options.without_hints)
    except NotReleased as problem:
        raise Usage(str(problem)) from problem
    what = "no solutions, no tests, no hints; reset works" if options.without_hints else "no solutions, no tests; {}"
    print(f"The course for students is in {options.out}: {what.format('hints and reset work')}.")
    return Exit.PASSED


def _export(options: argparse.Namespace) -> int:
    from course_lib.classroom.systems import gradescope_zip, nbgrader_course
    from course_lib.classroom.systems.points import NotExported

    try:
        (nbgrader_course if options.system == "nbgrader" else gradescope_zip).export(options.out)
    except NotExported as problem:
        raise Usage(str(problem)) from problem
    what = "The course for nbgrader" if options.system == "nbgrader" else "The autograder for Gradescope"
    print(f"{what} is in {options.out}.")
    return Exit.PASSED


def _doctor(_options: argparse.Namespace) -> int:
    from course_lib.doctor import show

    return Exit.PASSED if show() else Exit.UNMEASURED


def _verify(options: argparse.Namespace) -> int:
    from course_lib.doctor import show
    from course_lib.verify import verify

    lessons = [_lesson(options.exercise)] if options.exercise else LESSONS
    if not show():
        return Exit.UNMEASURED
    return Exit.PASSED if verify(lessons) else Exit.NOT_PASSED


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "grade": _grade,
    "review": _review,
    "hint": _hint,
    "solution": _solution,
    "reset": _reset,
    "progress": _progress,
    "certificate": _certificate,
    "watch": _watch,
    "list": _list,
    "trial": _trial,
    "production": _production,
    "release": _release,
    "export": _export,
    "doctor": _doctor,
    "verify": _verify,
}

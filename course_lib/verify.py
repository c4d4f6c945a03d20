"""The course's proof of itself: every lesson whole, every starter failing, every solution and good answer passing.

Each line names what was proved or what is missing; `verify` is true only when nothing is missing. Of an exercise of
several files the good answers are the whole folders among its right answers.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from course_lib.exercise_files import (
    ROOT,
    answer_cells,
    delivered_files,
    exercise_path,
    files_in,
    read_notebook,
    solution_path,
    source_of,
    starter_notebook,
    tags_of,
)
from course_lib.hazards.coaching import coaching_for
from course_lib.hazards.plainly import counted
from course_lib.reading import Verdict
from course_lib.runner.chosen import parent_of
from course_lib.runner.judge import judge
from course_lib.runner.source import Submission, notebook_submission, read_submission
from course_lib.syllabus import EXERCISES, Lesson
from course_lib.trial.judging import from_verdict
from course_lib.trial.tasks import all_requests

NEAR_MISSES, RIGHT_ANSWERS, HINTS, GOOD_ANSWERS = 12, 6, 3, 2
WORKS = "service"  # the task of the last exercise that its starter passes: what worked must go on working
NEAR_MISSES_OF_FOLDER, RIGHT_FOLDERS = 8, 4  # a task; and for all tasks together


def verify(lessons: Sequence[Lesson] = EXERCISES) -> bool:
    """Proves each of these lessons and prints a line for each proof and each gap."""
    gaps = 0
    for lesson in lessons:
        missing = list(_missing(lesson))
        problems = missing or list(_unproved(lesson))
        for problem in problems:
            print(f"{lesson.stem}: {problem}")
        if not problems:
            print(f"{lesson.stem}: whole; starters fail, solution and good answers pass")
        gaps += len(problems)
    print(f"{counted(len(lessons), 'lesson')}, {counted(gaps, 'gap') if gaps else 'nothing missing'}")
    return not gaps


def _missing(lesson: Lesson) -> Iterator[str]:
    """What a lesson must have and has not."""
    wanted = (f"notebooks/{lesson.stem}.ipynb", f"exercises/{lesson.exercise}", f"solutions/{lesson.exercise}")
    yield from (f"{name} is missing" for name in wanted if not (ROOT / name).exists())
    room = ROOT / "course_lib" / "hazards" / lesson.slug
    for name in ("probe.py", "grader.py", "coaching.md"):
        if not (room / name).exists():
            yield f"course_lib/hazards/{lesson.slug}/{name} is missing"
    if (room / "grader.py").exists():
        yield from _unjudged(lesson)
    if lesson.entry:
        right = _count_in("right_answers", lesson, "variants") + len(_right_folders(lesson))
        yield from _too_few({"right answers": (right, RIGHT_FOLDERS)})
    for task in lesson.tasks:
        yield from _missing_of_task(lesson, task)


def _unjudged(lesson: Lesson) -> Iterator[str]:
    """Tasks of the syllabus that the grader does not know."""
    known = importlib.import_module(f"course_lib.hazards.{lesson.slug}.grader").TASKS
    for task in lesson.tasks:
        if task not in known:
            yield f"course_lib/hazards/{lesson.slug}/grader.py judges no {task}"


def _missing_of_task(lesson: Lesson, task: str) -> Iterator[str]:
    coaching = coaching_for(lesson, task)
    if lesson.entry:
        yield from _too_few(
            {
                f"hints for {task}": (len(coaching.hints), HINTS),
                f"near misses of {task}": (_count_in("near_misses", lesson, task), NEAR_MISSES_OF_FOLDER),
            }
        )
        return
    found = {
        f"hints for {task}": (len(coaching.hints), HINTS),
        f"good answers for {task}": (len(coaching.answers), GOOD_ANSWERS),
        f"near misses of {task}": (_count("near_misses", lesson, task), NEAR_MISSES),
        f"right answers of {task}": (_count("right_answers", lesson, task), RIGHT_ANSWERS),
    }
    yield from _too_few(found)


def _too_few(found: dict[str, tuple[int, int]]) -> Iterator[str]:
    for what, (count, least) in found.items():
        if count < least:
            yield f"{count} {what}, {least} are wanted"


def _count(kind: str, lesson: Lesson, task: str) -> int:
    """Samples that are files, and those that are an entry in a table of changes to a right answer."""
    folder = ROOT / "tests" / kind / lesson.stem
    table = folder / "mutations.diff"
    entries = table.read_text("utf-8").splitlines() if table.exists() else []
    return len(list(folder.glob(f"{task}__*"))) + sum(line.startswith(f"## {task}__") for line in entries)


def _count_in(kind: str, lesson: Lesson, table: str) -> int:
    """Samples of an exercise of several files: entries in a table of changes to its solution."""
    path = ROOT / "tests" / kind / lesson.stem / f"{table}.toml"
    return path.read_text("utf-8").splitlines().count("[[sample]]") if path.exists() else 0


def _right_folders(lesson: Lesson) -> list[Path]:
    return sorted(path for path in (ROOT / "tests" / "right_answers" / lesson.stem).glob("*") if path.is_dir())


def _unproved(lesson: Lesson) -> Iterator[str]:
    """What does not hold: a twin that differs, a starter that passes, an answer that does not."""
    yield from _differences(lesson)
    parent = parent_of(lesson.slug)
    try:
        starter = judge(lesson, read_submission(exercise_path(lesson), lesson.entry), parent)
        yield from (
            f"the starter of {told.task} is {told.status}, it must {wanted}: {told.reason}"
            for told in starter.tasks
            if told.status != (wanted := "pass" if told.task == WORKS else "fail")
        )
        solution = judge(lesson, read_submission(solution_path(lesson), lesson.entry), parent)
        yield from _not_passed("the solution", solution)
        yield from _misnamed(lesson, solution)
        yield from _broken_already(starter)
        yield from _misjudged_in_a_trial(starter, solution)
        for folder in _right_folders(lesson) if lesson.entry else ():
            judged = judge(lesson, read_submission(folder, lesson.entry), parent)
            yield from _not_passed(f"the right answer {folder.name}", judged)
        for task in () if lesson.entry else lesson.tasks:
            for answer in coaching_for(lesson, task).answers:
                verdict = judge(lesson, _as_submission(answer.code), parent, [task])
                yield from _not_passed(f"the good answer {answer.title!r}", verdict)
    finally:
        parent.close()


def _misnamed(lesson: Lesson, solution: Verdict) -> Iterator[str]:
    """Checks that a task declares to be about what it is for, and that are none of its; tasks with no other check."""
    tasks = importlib.import_module(f"course_lib.hazards.{lesson.slug}.grader").TASKS
    for told in solution.tasks:
        for name in sorted(set(tasks[told.task].function) - {check.name for check in told.checks}):
            yield f"{told.task} has no check {name!r}, which it calls one about the function"
        if told.task != WORKS and all(check.about == "function" for check in told.checks):
            yield f"{told.task} has no check about the hazard"


def _broken_already(starter: Verdict) -> Iterator[str]:
    """Starters that fail in what they are for: they are to fail at the hazard alone."""
    for told in starter.tasks:
        for check in told.checks:
            if check.status == "fail" and check.about == "function":
                yield f"the starter of {told.task} fails at {check.name!r}, which is about the function"


def _misjudged_in_a_trial(starter: Verdict, solution: Verdict) -> Iterator[str]:
    """Where a trial would be wrong: of each of its tasks the starter works and is not safe, and the solution is both.

    That is what `trial --selftest` says of the same code; here nothing has to be judged for it.
    """
    for what, verdict, safe in (("starter", starter, False), ("solution", solution, True)):
        for told in verdict.tasks:
            one = from_verdict(told)
            if told.task in all_requests() and not (one.works and one.safe is safe):
                yield f"the {what} of {told.task} {one.in_words()}, as a trial judges it"


def _as_submission(code: str) -> Submission:
    return notebook_submission([("the answer", code)])


def _not_passed(what: str, verdict: Verdict) -> Iterator[str]:
    return (f"{what} to {told.task} is {told.status}: {told.reason}" for told in verdict.tasks if told.status != "pass")


def _differences(lesson: Lesson) -> Iterator[str]:
    """Cells in which exercise and solution differ, the learner's own left out; of several files, files."""
    if lesson.entry:
        yield from _differing_files(lesson)
        return
    exercise, solution = read_notebook(exercise_path(lesson)), read_notebook(solution_path(lesson))
    if set(answer_cells(solution)) != set(lesson.tasks):
        yield f"the solution answers {sorted(answer_cells(solution))}, not the tasks of the syllabus"
    twin = starter_notebook(solution)
    if len(exercise["cells"]) != len(twin["cells"]):
        yield "exercise and solution have different numbers of cells"
    for number, (ours, theirs) in enumerate(zip(exercise["cells"], twin["cells"], strict=False), 1):
        if source_of(ours) != source_of(theirs) or tags_of(ours) != tags_of(theirs):
            yield f"cell {number} of the exercise is not the solution's"


def _differing_files(lesson: Lesson) -> Iterator[str]:
    """Files in which the exercise is not the solution with its repairs undone."""
    try:
        delivered, found = delivered_files(lesson), files_in(exercise_path(lesson))
    except ValueError as problem:
        yield str(problem)
        return
    for name in sorted(delivered.keys() | found.keys()):
        if delivered.get(name) != found.get(name):
            yield f"{name} of the exercise is not the solution's with its repairs undone"

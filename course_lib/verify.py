"""The course's proof of itself: every lesson whole, every starter failing, every solution and good answer passing.

Each line names what was proved or what is missing; `verify` is true only when nothing is missing.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence

from course_lib.exercise_files import (
    ROOT,
    answer_cells,
    exercise_path,
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
from course_lib.syllabus import LESSONS, Lesson

NEAR_MISSES, RIGHT_ANSWERS, HINTS, GOOD_ANSWERS = 12, 6, 3, 2


def verify(lessons: Sequence[Lesson] = LESSONS) -> bool:
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
    for folder in ("notebooks", "exercises", "solutions"):
        if not (ROOT / folder / f"{lesson.stem}.ipynb").exists():
            yield f"{folder}/{lesson.stem}.ipynb is missing"
    room = ROOT / "course_lib" / "hazards" / lesson.slug
    for name in ("probe.py", "grader.py", "coaching.md"):
        if not (room / name).exists():
            yield f"course_lib/hazards/{lesson.slug}/{name} is missing"
    if (room / "grader.py").exists():
        yield from _unjudged(lesson)
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
    found = {
        f"hints for {task}": (len(coaching.hints), HINTS),
        f"good answers for {task}": (len(coaching.answers), GOOD_ANSWERS),
        f"near misses of {task}": (_count("near_misses", lesson, task), NEAR_MISSES),
        f"right answers of {task}": (_count("right_answers", lesson, task), RIGHT_ANSWERS),
    }
    for what, (count, least) in found.items():
        if count < least:
            yield f"{count} {what}, {least} are wanted"


def _count(kind: str, lesson: Lesson, task: str) -> int:
    """Samples that are files, and those that are an entry in a table of changes to a right answer."""
    folder = ROOT / "tests" / kind / lesson.stem
    table = folder / "mutations.diff"
    entries = table.read_text("utf-8").splitlines() if table.exists() else []
    return len(list(folder.glob(f"{task}__*"))) + sum(line.startswith(f"## {task}__") for line in entries)


def _unproved(lesson: Lesson) -> Iterator[str]:
    """What does not hold: a twin that differs, a starter that passes, an answer that does not."""
    yield from _differences(lesson)
    parent = parent_of(lesson.slug)
    try:
        starter = judge(lesson, read_submission(exercise_path(lesson)), parent)
        yield from (
            f"the starter of {told.task} is {told.status}, it must fail: {told.reason}"
            for told in starter.tasks
            if told.status != "fail"
        )
        yield from _not_passed("the solution", judge(lesson, read_submission(solution_path(lesson)), parent))
        for task in lesson.tasks:
            for answer in coaching_for(lesson, task).answers:
                verdict = judge(lesson, _as_submission(answer.code), parent, [task])
                yield from _not_passed(f"the good answer {answer.title!r}", verdict)
    finally:
        parent.close()


def _as_submission(code: str) -> Submission:
    return notebook_submission([("the answer", code)])


def _not_passed(what: str, verdict: Verdict) -> Iterator[str]:
    return (f"{what} to {told.task} is {told.status}: {told.reason}" for told in verdict.tasks if told.status != "pass")


def _differences(lesson: Lesson) -> Iterator[str]:
    """Cells in which exercise and solution differ, the learner's own left out."""
    exercise, solution = read_notebook(exercise_path(lesson)), read_notebook(solution_path(lesson))
    if set(answer_cells(solution)) != set(lesson.tasks):
        yield f"the solution answers {sorted(answer_cells(solution))}, not the tasks of the syllabus"
    twin = starter_notebook(solution)
    if len(exercise["cells"]) != len(twin["cells"]):
        yield "exercise and solution have different numbers of cells"
    for number, (ours, theirs) in enumerate(zip(exercise["cells"], twin["cells"], strict=False), 1):
        if source_of(ours) != source_of(theirs) or tags_of(ours) != tags_of(theirs):
            yield f"cell {number} of the exercise is not the solution's"

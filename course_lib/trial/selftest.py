"""The trial tried on the course's own code: each starter works and is not safe, each solution is both.

`save_upload` has neither; there the candidates stand in, which a learner's test is tried on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from course_lib.exercise_files import answer_cells, read_notebook, solution_path, source_of, starter_notebook
from course_lib.hazards.defence.candidates import Candidate, candidates
from course_lib.syllabus import LESSONS
from course_lib.trial.judging import Judge, Judged
from course_lib.trial.tasks import UPLOAD, all_requests

ABOUT_THE_FUNCTION = ("whole", "format")


def selftest(tasks: Sequence[str]) -> Iterator[tuple[str, Judged, bool]]:
    """For each reference: what it is, what was judged, and whether that is right."""
    with Judge() as judge:
        for task in tasks:
            for kind, code, safe in references(task):
                one = judge.judged(all_requests()[task].lesson, task, code.encode(), ".py")
                yield f"{task}, {kind}", one, one.works and one.safe is safe and not one.unmeasured


def whole() -> bool:
    """Whether this copy of the course has the solutions; a release has not."""
    return all(solution_path(lesson).exists() for lesson in LESSONS)


def references(task: str) -> list[tuple[str, str, bool]]:
    """(kind, code, whether it is safe) of the code that the course ships for a task."""
    if task == UPLOAD:
        return [(f"candidate {one.name}", one.source, not one.breaks) for one in _that_work()]
    solution = read_notebook(solution_path(all_requests()[task].lesson))
    return [
        ("the starter", source_of(answer_cells(starter_notebook(solution))[task]), False),
        ("the solution", source_of(answer_cells(solution)[task]), True),
    ]


def _that_work() -> list[Candidate]:
    """The first right one, and the first for each promise that is not about the function itself."""
    firsts: dict[str, Candidate] = {}
    for candidate in candidates():
        firsts.setdefault(candidate.breaks, candidate)
    return [one for breaks, one in firsts.items() if breaks not in ABOUT_THE_FUNCTION]

"""The trial tried on the course's own code: each starter works and is not safe, each solution is both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from course_lib.exercise_files import answer_cells, read_notebook, solution_path, source_of, starter_notebook
from course_lib.trial.judging import Judge, Judged
from course_lib.trial.tasks import all_requests


def selftest(tasks: Sequence[str]) -> Iterator[tuple[str, Judged, bool]]:
    """For each reference: what it is, what was judged, and whether that is right."""
    with Judge() as judge:
        for task in tasks:
            for kind, code, safe in references(task):
                one = judge.judged(all_requests()[task].lesson, task, code.encode(), ".py")
                yield f"{task}, {kind}", one, one.works and one.safe is safe and not one.unmeasured


def references(task: str) -> list[tuple[str, str, bool]]:
    """(kind, code, whether it is safe) of the code that the course ships for a task."""
    solution = read_notebook(solution_path(all_requests()[task].lesson))
    return [
        ("the starter", source_of(answer_cells(starter_notebook(solution))[task]), False),
        ("the solution", source_of(answer_cells(solution)[task]), True),
    ]

"""What the course says when asked: the next hint, a solution after one question, an exercise put back."""

from __future__ import annotations

from course_lib.exercise_files import answer_cells, read_notebook, reset_exercise, solution_path, source_of
from course_lib.hazards.coaching import coaching_for
from course_lib.progress import ProgressNotSaved, record, task_progress
from course_lib.syllabus import Lesson

_seen_here: dict[str, int] = {}


def next_hint(lesson: Lesson, task: str) -> str:
    """All hints seen so far and the next one, with how many are left; remembers that it was seen.

    Where that can't be kept on disk, this process remembers it, and the text says so.
    """
    hints = coaching_for(lesson, task).hints
    if not hints:
        return f"There are no hints for {task}."
    seen = next(one.hints for one in task_progress(lesson) if one.task == task)
    rung = min(max(seen, _seen_here.get(task, 0)) + 1, len(hints))
    _seen_here[task] = rung
    unsaved = ""
    try:
        record("hint", exercise=lesson.stem, task=task, rung=rung)
    except ProgressNotSaved as problem:
        unsaved = f"\n{problem.reason[:1].upper()}{problem.reason[1:]}: another session begins at the first hint again."
    shown = "\n\n".join(f"Hint {number} of {len(hints)}. {hints[number - 1]}" for number in range(1, rung + 1))
    return f"{shown}\n\n{len(hints) - rung} left.{unsaved}"


def question_first(task: str, command: str) -> str:
    """The one question before a solution, and how to see it then."""
    return (
        f"First one question, for yourself: which number of your last check of {task} do you want to change, and which "
        f"line of your code makes it what it is?\nThen: {command}"
    )


def solution_text(lesson: Lesson, task: str) -> str:
    """The solution's cell and the other good answers, each with its reason."""
    parts = []
    path = solution_path(lesson)
    if path.exists() and task in (cells := answer_cells(read_notebook(path))):
        parts.append(source_of(cells[task]))
    parts += [
        f"# {answer.title}\n# {first_paragraph(answer.prose)}\n{answer.code}"
        for answer in coaching_for(lesson, task).answers
    ]
    return "\n\n".join(parts) or f"There is no solution for {task} yet."


def first_paragraph(prose: str) -> str:
    """The first paragraph on one line: the reason for an answer."""
    return " ".join(prose.partition("\n\n")[0].split())


def reset_and_tell(lesson: Lesson) -> str:
    """Puts the exercise back and says what was done; raises OSError or ValueError where it can't."""
    kept = reset_exercise(lesson)
    mine = f" Your version is kept as exercises/{kept.name}." if kept else ""
    return f"{lesson.stem} is as delivered.{mine} In JupyterLab choose File, Reload Notebook from Disk."

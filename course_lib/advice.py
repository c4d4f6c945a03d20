"""What the course says when asked: the next hint, a solution after one question, an exercise put back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import fill

from course_lib.exercise_files import (
    answer_cells,
    keep_text,
    read_notebook,
    reset_exercise,
    solution_path,
    source_of,
    starter_of,
)
from course_lib.hazards.coaching import coaching_for
from course_lib.progress import ProgressNotSaved, TaskProgress, record, task_progress
from course_lib.syllabus import Lesson

_seen_here: dict[str, set[int]] = {}
_WIDTH = 100  # letters of a line in a terminal


@dataclass(frozen=True)
class ShownHint:
    """One hint as it is shown: its heading, its Markdown, and what to do after it."""

    heading: str
    text: str
    closing: str
    left: int = 0

    def __str__(self) -> str:
        return f"{self.heading}\n\n{in_lines(self.text)}\n\n{self.closing}"

    @property
    def markdown(self) -> str:
        return f"**{self.heading}**\n\n{self.text}\n\n{self.closing}"


IN_A_NOTEBOOK = ('hint("{}")', 'solution("{}")')
IN_A_TERMINAL = ("python -m course_lib hint {}", "python -m course_lib solution {}")


def what_helps(lesson: Lesson, task: str, failing: str) -> str:
    """Which hint comes next for the check that a try fell over; an answer where all of them were seen."""
    ladder = coaching_for(lesson, task).ladder(failing or None)
    seen = _so_far(lesson, task).seen | _seen_here.get(task, set())
    fresh = [number for number, hint in enumerate(ladder, 1) if hint.number not in seen]
    hint, answer = (command.format(task) for command in IN_A_NOTEBOOK)
    if not ladder:
        return f"read the reason above once more. {_without(task)}"
    many = "1 hint" if len(ladder) == 1 else f"{len(ladder)} hints"
    if not fresh:
        return f"you have seen all of the {many} for this; {hint} gives the last again, {answer} an answer."
    which = "the first" if fresh[0] == 1 else f"number {fresh[0]}"
    return f"{hint} gives {which} of {many}; they cost nothing."


def next_hint(lesson: Lesson, task: str, rung: int | None = None, words: tuple[str, str] = IN_A_NOTEBOOK) -> ShownHint:
    """The next hint that serves the check which the last try fell over, or that one again which is asked for by number.

    `words` are how the next hint and an answer are asked for where this one is read.

    Which hints were seen is remembered; where that can't be kept on disk, this process remembers it, and the text says
    so.
    """
    coaching, so_far = coaching_for(lesson, task), _so_far(lesson, task)
    ladder = coaching.ladder(so_far.failing or None)
    if not ladder:
        return ShownHint(_without(task), "", "")
    seen = so_far.seen | _seen_here.get(task, set())
    fresh = [hint for hint in ladder if hint.number not in seen]
    shown = ladder[min(rung, len(ladder)) - 1] if rung and rung > 0 else (fresh or ladder[-1:])[0]
    _seen_here.setdefault(task, set()).add(shown.number)
    unsaved = ""
    try:
        record("hint", exercise=lesson.stem, task=task, rung=shown.number)
    except ProgressNotSaved as problem:
        unsaved = f"\n{problem.reason[:1].upper()}{problem.reason[1:]}: another session begins at the first hint again."
    where = f" for the check \u201c{so_far.failing}\u201d" if so_far.failing in shown.serves else ""
    heading = f"Hint {ladder.index(shown) + 1} of {len(ladder)}{where}: {shown.title.removeprefix('aside: ')}"
    left = sum(hint.number != shown.number for hint in fresh)
    return ShownHint(heading, shown.text, _after(task, left, words) + unsaved, left)


def _without(task: str) -> str:
    return f"There are no hints for {task} in this copy of the course."


def _so_far(lesson: Lesson, task: str) -> TaskProgress:
    return next(one for one in task_progress(lesson) if one.task == task)


def _after(task: str, left: int, words: tuple[str, str]) -> str:
    """What there is after a hint: the next one, or, after the last, an answer."""
    hint, answer = (command.format(task) for command in words)
    return f"{left} left. The next: {hint}" if left else f"0 left: that was the last one. An answer: {answer}"


def in_lines(markdown: str) -> str:
    """The same text with its paragraphs in lines that a terminal holds; code stays as it is."""
    parts = re.split(r"(?ms)(^```.*?^```$)", markdown)
    return "".join(part if part.startswith("```") else _filled(part) for part in parts)


def _filled(prose: str) -> str:
    return "\n\n".join(fill(part, _WIDTH, break_long_words=False) for part in prose.split("\n\n"))


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
    if path.is_dir():
        return f"The whole service is in solutions/{lesson.exercise}; `diff -r` beside yours shows what differs."
    if path.exists() and task in (cells := answer_cells(read_notebook(path))):
        parts.append(source_of(cells[task]))
    parts += [
        f"# {answer.title}\n# {first_paragraph(answer.prose)}\n{answer.code}"
        for answer in coaching_for(lesson, task).answers
    ]
    return "\n\n".join(parts) or f"There is no solution for {task} here; ask who handed the course out."


def first_paragraph(prose: str) -> str:
    """The first paragraph on one line: the reason for an answer."""
    return " ".join(prose.partition("\n\n")[0].split())


def reset_and_tell(lesson: Lesson, saved: bool | None = None) -> str:
    """Puts the exercise back and says what was done; raises OSError or ValueError where it can't.

    `saved` is whether the page has just saved what is typed in it; None where no page was asked.
    """
    kept = reset_exercise(lesson)
    mine = f" Your version is kept as {kept.parent.name}/{kept.name}." if kept else ""
    unsaved = {
        True: " What was typed and not yet saved is in it: JupyterLab has saved it first.",
        False: " The page did not save first, so what was typed and not saved is not in it: until you reload it "
        "stands on the page alone. To keep it, choose File, Save Notebook As first.",
        None: "",
    }[saved if kept else None]
    return f"{lesson.stem} is as delivered.{mine}{unsaved} In JupyterLab choose File, Reload Notebook from Disk."


def task_put_back(lesson: Lesson, task: str, text: str | None) -> tuple[str, str]:
    """The starter of one task, and what is said where `text`, the learner's, gives way to it: kept beside the notebook.

    Raises OSError or ValueError where there is no starter to be had, or where the text can't be kept.
    """
    starter = starter_of(lesson, task)
    if text is None:
        return starter, "This page does not let the cell be changed from here. The cell as it was delivered:"
    if text.strip() == starter.strip():
        return starter, "The cell is as it was delivered."
    kept = keep_text(lesson, task, text)
    where = f"{kept.parent.name}/{kept.name}"
    return starter, f"The cell is as it was delivered, once you run it. Your version is kept as {where}."

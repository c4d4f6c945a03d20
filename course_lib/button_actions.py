"""What the buttons under a verdict do: the same as `hint`, `solution` and `reset` in a cell, one answer at a time."""

from __future__ import annotations

from html import escape

from course_lib.advice import next_hint, question_first, solution_text, task_put_back
from course_lib.syllabus import Lesson
from course_lib.widgets.desk import Action, Told
from course_lib.widgets.prose import html


def actions_for(lesson: Lesson, task: str, passed: bool) -> dict[str, tuple[str, Action]]:
    """By name: the button's first label, and what it does. After a pass there is nothing to hint at."""
    answer = _Answer(lesson, task, sure=passed)
    rest: dict[str, tuple[str, Action]] = {
        "answer": ("Other good answers" if passed else "An answer", answer),
        "reset": ("Reset this task", lambda text: _reset(lesson, task, text)),
    }
    return rest if passed else {"hint": ("Hint", lambda _text: _hint(lesson, task)), **rest}


def _hint(lesson: Lesson, task: str) -> Told:
    shown = next_hint(lesson, task)
    return Told(html(shown.markdown), f"Next hint ({shown.left} left)" if shown.left else "The last hint again")


class _Answer:
    """An answer, after one question where it was not earned yet."""

    def __init__(self, lesson: Lesson, task: str, sure: bool) -> None:
        self._lesson, self._task, self._sure = lesson, task, sure

    def __call__(self, _text: str | None) -> Told:
        if not self._sure:
            self._sure = True
            question = question_first(self._task, "press the button once more.")
            return Told(html(question.replace("\n", "\n\n")), "Show the answer")
        return Told(_code(solution_text(self._lesson, self._task)))


def _reset(lesson: Lesson, task: str, text: str | None) -> Told:
    try:
        starter, said = task_put_back(lesson, task, text)
    except (OSError, ValueError) as error:
        return Told(html(f"{task} could not be put back: {getattr(error, 'strerror', None) or error}"))
    return Told(html(said) + _code(starter)) if text is None else Told(html(said), put=starter)


def _code(source: str) -> str:
    return f'<pre style="margin:.5em 0;white-space:pre-wrap">{escape(source)}</pre>'

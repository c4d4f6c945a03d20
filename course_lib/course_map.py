"""The course map with the learner's own progress: lessons, minutes, tasks passed, predictions and measurements.

Under it stands, once there are predictions of three lessons, how sure the learner was and how often right.
Where a short review was made, before the course or after it, two columns more say what it found of each hazard and
where it was wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import fill

from course_lib.hazards.plainly import counted
from course_lib.hazards.questions import predictions_of
from course_lib.progress import TaskProgress, task_progress, unreadable
from course_lib.reading import table
from course_lib.review.gain import Counts, Gain, gain
from course_lib.syllabus import EXERCISES, Lesson
from course_lib.widgets.chart_drawing import number
from course_lib.widgets.page import View, table_html
from course_lib.widgets.predictions import calibration, measured, predicted

_HEADINGS = ("Lesson", "Minutes", "Tasks passed", "You predicted", "It measured")
WIDTH = 120  # letters of a line in a terminal, as wide as the table
_REVIEWS = ("Review before", "Review after")


@dataclass(frozen=True)
class Row:
    """One lesson as the map shows it, all text."""

    lesson: str
    minutes: str
    tasks: str
    predicted: str
    measured: str
    reviews: tuple[str, ...] = ()
    """What the short reviews before and after found of this hazard; nothing where neither was made."""

    def cells(self) -> tuple[str, ...]:
        return (self.lesson, self.minutes, self.tasks, self.predicted, self.measured, *self.reviews)


class CourseMap(View):
    """The map; prints as a text table and shows as an HTML one with the same words."""

    def __init__(self) -> None:
        kept = gain()
        self.headings = (*_HEADINGS, *(_REVIEWS if _is_made(kept) else ()))
        self.rows = [_row(lesson, kept) for lesson in EXERCISES]
        reviews = kept.in_words() if _is_made(kept) else ""
        self.told = [line for line in (unreadable(), str(calibration()), reviews) if line]

    def __str__(self) -> str:
        rows = table([self.headings, *(row.cells() for row in self.rows)])
        return "\n\n".join([rows, *(fill(line, WIDTH) for line in self.told)])

    def to_html(self) -> str:
        rows = [[escape(text) for text in row.cells()] for row in self.rows]
        told = "".join(f"<p>{escape(line)}</p>" for line in self.told)
        return table_html(self.headings, rows, "text-align:left;vertical-align:top;white-space:normal") + told


def _row(lesson: Lesson, kept: Gain) -> Row:
    guess, found = _main_prediction(lesson)
    title = f"{lesson.number}. {lesson.title}"
    reviews = tuple(_in_review(counts, lesson.slug) for counts in (kept.before, kept.after)) if _is_made(kept) else ()
    return Row(title, str(lesson.minutes), _tasks_in_words(task_progress(lesson)), guess, found, reviews)


def _is_made(kept: Gain) -> bool:
    return kept.before is not None or kept.after is not None


def _in_review(counts: Counts | None, slug: str) -> str:
    """`1 found, 1 false alarm`; empty where the review says nothing of the hazard."""
    found, wrong = (counts or {}).get(slug, (0, 0))
    told = [f"{found} found"] * (found > 0) + [counted(wrong, "false alarm")] * (wrong > 0)
    return ", ".join(told)


def _tasks_in_words(tasks: list[TaskProgress]) -> str:
    passed = sum(task.passed for task in tasks)
    tries = sum(task.tries for task in tasks)
    if not tries:
        return f"0 of {len(tasks)}"
    return f"{passed} of {len(tasks)}, {tries} {'try' if tries == 1 else 'tries'}"


def _main_prediction(lesson: Lesson) -> tuple[str, str]:
    """The lesson's main prediction and its measurement, as texts; empty where there is none yet."""
    key = next((asked.key for asked in predictions_of(lesson)), "")
    prediction, found = predicted(key), measured(key)
    return str(prediction or ""), "" if prediction is None or found is None else number(found)


def course_map() -> CourseMap:
    """The map as it stands now."""
    return CourseMap()

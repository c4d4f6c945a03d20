"""The course map with the learner's own progress: lessons, minutes, tasks passed, predictions and measurements."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from course_lib.progress import TaskProgress, events, task_progress
from course_lib.reading import table
from course_lib.syllabus import LESSONS, Lesson
from course_lib.widgets.chart_drawing import number
from course_lib.widgets.page import View, table_html
from course_lib.widgets.predict import is_figure, prediction_in

_HEADINGS = ("Lesson", "Minutes", "Tasks passed", "You predicted", "It measured")


@dataclass(frozen=True)
class Row:
    """One lesson as the map shows it, all text."""

    lesson: str
    minutes: str
    tasks: str
    predicted: str
    measured: str

    def cells(self) -> tuple[str, ...]:
        return (self.lesson, self.minutes, self.tasks, self.predicted, self.measured)


class CourseMap(View):
    """The map; prints as a text table and shows as an HTML one with the same words."""

    def __init__(self) -> None:
        self.rows = [_row(lesson) for lesson in LESSONS]

    def __str__(self) -> str:
        return table([_HEADINGS, *(row.cells() for row in self.rows)])

    def to_html(self) -> str:
        rows = [[escape(text) for text in row.cells()] for row in self.rows]
        return table_html(_HEADINGS, rows, "text-align:left;vertical-align:top;white-space:normal")


def _row(lesson: Lesson) -> Row:
    predicted, measured = _last_prediction(lesson)
    title = f"{lesson.number}. {lesson.title}"
    return Row(title, str(lesson.minutes), _tasks_in_words(task_progress(lesson)), predicted, measured)


def _tasks_in_words(tasks: list[TaskProgress]) -> str:
    passed = sum(task.passed for task in tasks)
    tries = sum(task.tries for task in tasks)
    if not tries:
        return f"0 of {len(tasks)}"
    return f"{passed} of {len(tasks)}, {tries} {'try' if tries == 1 else 'tries'}"


def _last_prediction(lesson: Lesson) -> tuple[str, str]:
    """The lesson's last prediction and its measurement, as texts; empty before there is one."""
    predicted = measured = ""
    for event in events():
        if not str(event.get("key", "")).startswith(f"{lesson.number:02d}_"):
            continue
        prediction, found = prediction_in(event), event.get("measured")
        if event.get("kind") == "predict" and prediction:
            predicted, measured = str(prediction), ""
        elif event.get("kind") == "measured" and is_figure(found):
            measured = number(found)
    return predicted, measured


def course_map() -> CourseMap:
    """The map as it stands now."""
    return CourseMap()

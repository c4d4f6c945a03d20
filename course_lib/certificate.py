"""A page to keep: what you predicted and measured, found before and after, repaired, and held under production.

Made from the progress file alone, with the dates that stand in it: as text, and as one HTML page that needs nothing
else. It tells what was done here and when. It is no examination: nobody watched, and hints and answers were open.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.hazards.plainly import counted
from course_lib.progress import events
from course_lib.reading import figure, table
from course_lib.reports.legible import legible
from course_lib.reports.page import page
from course_lib.reports.page import table as html_table
from course_lib.reports.page import text as as_html
from course_lib.review.gain import KIND as SHORT_REVIEW
from course_lib.review.gain import gain
from course_lib.syllabus import EXERCISES, LESSONS
from course_lib.widgets.predictions import is_figure, prediction_in

TITLE = "What was measured here"
NO_EXAMINATION = (
    "This page is no examination. It was made from the learner's own progress file: nobody watched, hints and answers "
    "were open, and the file can be edited. It says what was done and when."
)
NOTHING_YET = (
    "There is nothing to tell yet, and that is how everybody begins: make one prediction in "
    "notebooks/00_start_here.ipynb, and this page has its first line."
)
_MARK = "<!-- a course page to keep -->"
_TITLES = {lesson.slug: lesson.title for lesson in LESSONS}


class NotWritten(Exception):
    """The page could not be written there; the message is the sentence to show."""


@dataclass(frozen=True)
class Section:
    """One part of the page: a heading, a sentence that counts, and a table of texts.

    Where `tall`, the cells are sentences, and the text twin gives each a line of its own.
    """

    heading: str
    sentence: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tall: bool = False

    def __str__(self) -> str:
        named = (f"  {name}: {cell}" for row in self.rows for name, cell in zip(self.head, row, strict=True))
        figures = "\n".join(named) if self.tall else table([self.head, *self.rows], indent="  ")
        return legible(f"{self.heading}\n{self.sentence}\n\n{figures}", "\n")

    def to_html(self) -> str:
        """The same as HTML."""
        body = [tuple(as_html(cell) for cell in row) for row in self.rows]
        return f"<h2>{as_html(self.heading)}</h2><p>{as_html(self.sentence)}</p>{html_table(self.head, body)}"


class Certificate:
    """The page as the progress file stands now."""

    def __init__(self) -> None:
        kept = list(events())
        parts = (_predictions(kept), _reviews(kept), _repairs(kept), _production(kept), _post_mortems(kept))
        self.sections = [section for section in parts if section.rows]
        days = sorted(filter(None, map(_day, kept)))
        self.dates = f"{days[0]} to {days[-1]}" if days and days[0] != days[-1] else "".join(days[:1])

    def __str__(self) -> str:
        parts = [TITLE, self.dates, *map(str, self.sections), NO_EXAMINATION]
        return "\n\n".join(filter(None, parts if self.sections else [TITLE, NOTHING_YET]))

    def to_html(self) -> str:
        """One page that needs nothing else, light and dark, and good to print."""
        told = [f'<p class="quiet">{as_html(self.dates)}</p>', *(section.to_html() for section in self.sections)]
        closing = f'<p class="first">{as_html(NO_EXAMINATION)}</p>'
        body = [*told, closing] if self.sections else [f"<p>{as_html(NOTHING_YET)}</p>"]
        return page(TITLE, [_MARK, f"<h1>{TITLE}</h1>", *body])

    def write(self, out: Path) -> None:
        """Puts the page there, whole or not at all; an earlier one is replaced, any other file is left alone."""
        if out.is_dir():
            raise NotWritten(f"{out} is a folder; name a file for the page")
        if out.exists() and not out.is_file():
            raise NotWritten(f"{out} is no regular file; name one for the page")
        if not out.absolute().parent.is_dir():
            raise NotWritten(f"there is no folder {out.parent} to write the page to")
        half = out.with_name(f".{out.name}.{os.getpid()}")
        try:
            if out.exists() and _MARK not in out.read_text("utf-8", "replace"):
                raise NotWritten(f"{out} is another kind of file and was left alone; name a new one for the page")
            half.write_text(self.to_html(), encoding="utf-8")
            half.replace(out)
        except OSError as problem:
            with suppress(OSError):
                half.unlink(missing_ok=True)
            raise NotWritten(f"{out} can't be written: {problem.strerror}") from problem


def _day(event: dict[str, Any]) -> str:
    """The day on which the event was kept, or nothing where a line was damaged."""
    try:
        return datetime.fromisoformat(event.get("at") or "").date().isoformat()
    except (ValueError, TypeError):
        return ""


def _of_kind(kept: Iterable[dict[str, Any]], kind: str) -> Iterator[dict[str, Any]]:
    return (event for event in kept if event["kind"] == kind)


def _predictions(kept: list[dict[str, Any]]) -> Section:
    """The last measurement of each question that had been predicted, beside the first answer, which stands."""
    rows: dict[str, tuple[str, ...]] = {}
    exact = 0
    said = _of_kind(reversed(kept), "predict")
    answers = {event["key"]: prediction for event in said if (prediction := prediction_in(event))}
    for event in _of_kind(kept, "measured"):
        key, found, prediction = event["key"], event["measured"], answers.get(event["key"])
        if prediction is None or not is_figure(found):
            continue
        lesson, _, question = key.partition("_")
        told = "exactly right" if prediction.answer == found else _off(prediction.answer, found)
        rows[key] = (_day(event), lesson, question.replace("_", " "), str(prediction), figure(found), told)
    exact = sum(row[-1] == "exactly right" for row in rows.values())
    sentence = f"{counted(len(rows), 'prediction')} met a measurement; {exact} of them exactly right."
    head = ("day", "lesson", "question", "predicted", "measured", "off by")
    return Section("Predicted, then measured", sentence, head, tuple(rows.values()))


def _off(predicted: float, measured: float) -> str:
    """How far apart the two are: as a factor where they are of one sign, else as a difference."""
    if predicted * measured > 0:
        return f"a factor of {figure(max(predicted / measured, measured / predicted))}"
    return figure(abs(predicted - measured))


def _reviews(kept: list[dict[str, Any]]) -> Section:
    """What the short reviews before and after the course found of each hazard."""
    compared = gain()
    made = compared.before is not None or compared.after is not None
    rows = [tuple("" if cell is None else _TITLES.get(str(cell), str(cell)) for cell in row) for row in compared.rows()]
    days = {str(event.get("when")): _day(event) for event in _of_kind(kept, SHORT_REVIEW)}
    when = ", ".join(f"{name} on {days[name]}" for name in ("before", "after") if days.get(name))
    head = ("hazard", "found before", "false alarms before", "found after", "false alarms after")
    sentence = f"{compared.in_words()} Reviewed {when}." if when else compared.in_words()
    return Section("Found in review, before and after", sentence, head, tuple(rows) if made else ())


def _repairs(kept: list[dict[str, Any]]) -> Section:
    """Each task that a check has passed, with the tries and hints up to the first time."""
    rows = [row for lesson in EXERCISES for task in lesson.tasks if (row := _repair(kept, lesson.stem, task))]
    tasks = sum(len(lesson.tasks) for lesson in EXERCISES)
    sentence = f"{len(rows)} of {tasks} tasks passed their check."
    return Section("Repaired", sentence, ("day", "exercise", "task", "tries", "hints seen"), tuple(rows))


def _repair(kept: list[dict[str, Any]], exercise: str, task: str) -> tuple[str, ...] | None:
    tries, hints = 0, set()
    for event in kept:
        if (event.get("exercise"), event.get("task")) != (exercise, task):
            continue
        if event["kind"] == "hint":
            hints.add(event["rung"])
        elif event["kind"] == "check":
            tries += 1
            if event["status"] == "pass":
                return (_day(event), exercise, task, str(tries), str(len(hints)))
    return None


def _production(kept: list[dict[str, Any]]) -> Section:
    """Each load of lesson 10 as it was last run: when it first brought the service down, and whether it holds now."""
    runs: dict[str, list[dict[str, Any]]] = {}
    for event in _of_kind(kept, "production"):
        runs.setdefault(event["incident"], []).append(event)
    rows = [_load(title, of_one) for title, of_one in runs.items()]
    held = sum(of_one[-1]["held"] for of_one in runs.values())
    sentence = f"{held} of {counted(len(rows), 'load')} held when last run. A run is real, so a run is no verdict."
    return Section("Held under production", sentence, ("load", "went down first", "last run", "runs"), tuple(rows))


def _load(title: str, runs: list[dict[str, Any]]) -> tuple[str, ...]:
    down = next((_day(run) for run in runs if not run["held"]), "")
    return (title, down, f"{'held' if runs[-1]['held'] else 'went down'} {_day(runs[-1])}", str(len(runs)))


def _post_mortems(kept: list[dict[str, Any]]) -> Section:
    """The last page that was written on each incident."""
    last = {event["incident"]: event for event in _of_kind(kept, "post_mortem")}
    rows = tuple(
        (_day(event), incident, *(" ".join(event[part].split()) for part in ("trigger", "seen", "missed", "test")))
        for incident, event in last.items()
    )
    head = ("day", "incident", "trigger", "how it was seen", "why the tests missed it", "the test to take home")
    return Section("Post-mortems", f"{counted(len(rows), 'page')} written.", head, rows, tall=True)

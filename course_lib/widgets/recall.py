"""Two questions from memory at the start of a lesson, on lessons that were taken and on no other.

    recall("05_n_plus_one_queries")

The reader answers in mind, opens the answer, and says whether it was known; that is kept with the progress. What was
not known is asked again first, then what was never asked; what was known comes again later each time: after two other
lessons, then four, then eight.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets

from course_lib.hazards.questions import Recalled, to_recall
from course_lib.progress import ProgressNotSaved, events, record
from course_lib.syllabus import LESSONS, Lesson
from course_lib.widgets import prose
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import SKY, LiveView

KIND = "recalled"
MOST = 2
FORM = "course-recall"
NOTHING = "No other lesson lies behind you yet, so there is nothing to recall. Go on."
_TAKEN_BY = ("predict", "measured", "check", "hint")


@dataclass(frozen=True)
class Standing:
    """How a question went so far: whether the last time was known, how often in a row, and how many sittings ago."""

    known: bool
    in_a_row: int
    ago: int

    @property
    def due(self) -> bool:
        return not self.known or self.ago >= 2**self.in_a_row


def taken(lesson: Lesson) -> bool:
    """Whether something of the lesson, or of its exercise, was done."""
    number = f"{lesson.number:02d}_"
    return any(
        event["kind"] in _TAKEN_BY and str(event.get("key") or event.get("exercise", "")).startswith(number)
        for event in events()
    )


def standing(question: str) -> Standing | None:
    """How that question went so far, or None where it was never answered. A sitting is one lesson's questions."""
    known, in_a_row, ago, sitting = None, 0, 0, ""
    for event in events(KIND):
        if event["lesson"] != sitting:
            sitting, ago = event["lesson"], ago + 1
        if event["question"] == question:
            known, ago = event["knew"], 0
            in_a_row = in_a_row + 1 if known else 0
    return None if known is None else Standing(known, in_a_row, ago)


def questions_for(stem: str) -> list[Recalled]:
    """Two questions at most that are due, of two lessons where there are two; oldest lesson first among equals."""
    others = [lesson for lesson in LESSONS if lesson.stem != stem and taken(lesson)]
    ranked = sorted(
        (rank, at, lesson.number, one)
        for lesson in others
        for at, one in enumerate(to_recall(lesson))
        if (rank := _rank(one.question)) is not None
    )
    first_of_each: dict[str, Recalled] = {}
    for _, _, _, one in ranked:
        first_of_each.setdefault(one.lesson, one)
    chosen = list(first_of_each.values())
    rest = [one for *_, one in ranked if one not in chosen]
    return [*chosen, *rest][:MOST]


def _rank(question: str) -> int | None:
    """Not known before never asked before known; None where it is not due."""
    stands = standing(question)
    if stands is None:
        return 1
    if not stands.due:
        return None
    return 2 if stands.known else 0


class Recall(LiveView):
    """The questions, each with its answer folded away and two buttons that say how it went."""

    def __init__(self, stem: str) -> None:
        self.stem, self.questions = stem, questions_for(stem)
        self.told = {one.question: "" for one in self.questions}
        self._rows = [self._row(one) for one in self.questions]
        nothing = [] if self.questions else [ipywidgets.HTML(NOTHING)]
        self._form = ipywidgets.VBox(
            [*nothing, *self._rows, Keys(form=FORM, fresh=False)],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 12px", "overflow": "visible"},
        )
        self._form.add_class(FORM)

    def _row(self, one: Recalled) -> Any:
        status = ipywidgets.HTML()
        buttons = []
        for label, knew in (("I knew it", True), ("Not yet", False)):
            button = ipywidgets.Button(description=label, layout={"width": "auto"}, tooltip=f"{label}: {one.question}")
            button.on_click(lambda _button, knew=knew: self._answered(one, knew, status))
            buttons.append(button)
        shown = ipywidgets.HTML(_folded(one))
        shown.add_class("jp-RenderedHTMLCommon")
        return ipywidgets.VBox([shown, ipywidgets.HBox([*buttons, status])])

    def _answered(self, one: Recalled, knew: bool, status: Any) -> None:
        self.answer(one, knew)
        status.value = f'<span role="status">{escape(self.told[one.question])}</span>'

    def answer(self, one: Recalled, knew: bool) -> None:
        """Keeps how it went."""
        try:
            record(KIND, lesson=self.stem, question=one.question, knew=knew)
            said = "Kept: it comes again later." if knew else "Kept: it comes again in the next lesson."
        except ProgressNotSaved as problem:
            said = f"Not kept: {problem.reason}."
        self.told[one.question] = said
        self.changed()

    @property
    def by_hand(self) -> str:
        return ""  # the answers unfold by themselves; the next lesson asks again

    @property
    def widget(self) -> Any:
        return self._form

    def __str__(self) -> str:
        parts = [f"{one.question}\n  {one.answer}\n  {self.told[one.question]}".rstrip() for one in self.questions]
        return "\n\n".join(parts) or NOTHING

    def to_html(self) -> str:
        parts = [f"{_folded(one)}<p>{escape(self.told[one.question])}</p>" for one in self.questions]
        return "".join(parts) or f"<p>{NOTHING}</p>"


def _folded(one: Recalled) -> str:
    """The question, and under it the answer for who opens it."""
    return f"<details><summary>{prose.line(one.question)}</summary>{prose.html(one.answer)}</details>"


def recall(stem: str) -> Recall:
    """Two questions from memory for the start of that lesson."""
    return Recall(stem)

"""A hypothesis before the measurement: one choice for each question, and how sure. Kept with the learner's progress.

    HypothesisForm("the night shift", "23:40  Requests fail.", {"hazard": {...}, "file": {...}, "gauge": {...}})

Like a prediction it is kept at once. Once the incident has been run after it, it is locked: a hypothesis that is made
after the measurement is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import ipywidgets

from course_lib.progress import ProgressNotSaved, events, record
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import SKY, LiveView
from course_lib.widgets.predictions import SURE

QUESTIONS = ("hazard", "file", "gauge")
ASKED = {
    "hazard": "What is behind it?",
    "file": "In which file?",
    "gauge": "Which gauge will show it?",
}
FORM = "course-hypothesis"
Choices = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Hypothesis:
    """What was chosen, by question, how sure in percent, and whether the incident has been run since."""

    chosen: Mapping[str, str]
    sure: int
    locked: bool


def hypothesis_on(incident: str) -> Hypothesis | None:
    """The last hypothesis that was kept on the incident, or None."""
    kept: Hypothesis | None = None
    for event in events():
        if event.get("incident") != incident:
            continue
        if event["kind"] == "hypothesis":
            sure = event.get("sure")
            chosen = {question: event[question] for question in QUESTIONS}
            kept = Hypothesis(chosen, sure if isinstance(sure, int) else 50, locked=False)
        elif event["kind"] == "production" and kept is not None:
            kept = Hypothesis(kept.chosen, kept.sure, locked=True)
    return kept


class HypothesisForm(LiveView):
    """The pager's sentence, three choices, how sure, a button; `choices` are {question: {value: words}}."""

    def __init__(self, incident: str, pager: str, choices: Choices) -> None:
        self.incident, self.pager, self.choices = incident, pager, choices
        kept = hypothesis_on(incident)
        self.told = self._in_words(kept) if kept else ""
        self.fields = {question: _field(choices[question], kept, question) for question in QUESTIONS}
        sure = kept.sure if kept and kept.sure in SURE.values() else None
        self.sure = ipywidgets.RadioButtons(
            options=SURE, value=sure, description="How sure?", orientation="horizontal", layout={"width": "auto"}
        )
        self.keep = ipywidgets.Button(description="Keep my hypothesis", layout={"width": "auto"})
        self._status = ipywidgets.HTML(_status(self.told))
        self.keep.on_click(lambda _button: self._keep_chosen())
        self._lock(kept is not None and kept.locked)
        self._form = self._laid_out()

    def _laid_out(self) -> Any:
        pager = ipywidgets.HTML(f"<strong>{escape(self.incident)}</strong><br>{escape(self.pager)}")
        kept = ipywidgets.HBox([self.keep, self._status])
        form = ipywidgets.VBox(
            [pager, *self.fields.values(), self.sure, kept, Keys(form=FORM, fresh=False)],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 0 2px 12px", "overflow": "visible"},
        )
        form.add_class(FORM)
        return form

    @property
    def by_hand(self) -> str:
        return "Without a form: give hazard=…, file=…, gauge=… and sure=… in this cell's hypothesis(…)."

    @property
    def widget(self) -> Any:
        return self._form

    def _keep_chosen(self) -> None:
        chosen = {question: field.value for question, field in self.fields.items()}
        if not all(chosen.values()):
            self._tell("Answer the three questions first.")
        elif self.sure.value is None:
            self._tell("Say how sure you are first.")
        else:
            self.keep_hypothesis(chosen, self.sure.value)

    def keep_hypothesis(self, chosen: Mapping[str, str], sure: int) -> None:
        """Keeps it, unless the one that is kept is locked or a choice is none of those."""
        earlier = hypothesis_on(self.incident)
        if earlier is not None and earlier.locked:
            self._lock(True)
            return self._tell(self._in_words(earlier))
        wrong = [question for question in QUESTIONS if chosen[question] not in self.choices[question]]
        if wrong:
            return self._tell(f"The {wrong[0]} is one of: {', '.join(self.choices[wrong[0]])}.")
        try:
            record("hypothesis", incident=self.incident, **chosen, sure=sure)
        except ProgressNotSaved as problem:
            return self._tell(f"Not kept: {problem.reason}.")
        return self._tell(self._in_words(Hypothesis(chosen, sure, locked=False)))

    def _in_words(self, kept: Hypothesis) -> str:
        told = ", ".join(self.choices[question].get(value, value) for question, value in kept.chosen.items())
        ending = "It has been run since, so it is locked." if kept.locked else "Now run it."
        return f"Kept: {told}, {kept.sure} % sure. {ending}"

    def _lock(self, locked: bool) -> None:
        for field in (*self.fields.values(), self.sure, self.keep):
            field.disabled = locked

    def _tell(self, words: str) -> None:
        self.told = words
        self.changed()
        self._status.value = _status(words)

    def __str__(self) -> str:
        return "\n".join(filter(None, [self.incident, self.pager, *ASKED.values(), self.told]))

    def to_html(self) -> str:
        asked = "".join(f"<li>{escape(question)}</li>" for question in ASKED.values())
        head = f"<p><strong>{escape(self.incident)}</strong><br>{escape(self.pager)}</p>"
        return f"{head}<ul>{asked}</ul><p>{escape(self.told)}</p>"


def _field(choices: Mapping[str, str], kept: Hypothesis | None, question: str) -> Any:
    value = kept.chosen[question] if kept and kept.chosen[question] in choices else ""
    options = [("choose …", ""), *((words, value) for value, words in choices.items())]
    return ipywidgets.Dropdown(
        options=options,
        value=value,
        description=ASKED[question],
        layout={"width": "37em"},
        style={"description_width": "13em"},
    )


def _status(words: str) -> str:
    return f'<span role="status">{escape(words)}</span>'

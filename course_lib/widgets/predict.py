"""A prediction before the measurement: one number, and how sure. Kept with the learner's progress.

    predict("01_handles", "At which user does it fail?", "users")        # a form; or, without a page:
    predict("01_handles", "At which user does it fail?", "users", answer=40, sure=75)
    compare("01_handles", measured)

The first answer is locked. `compare` says how far off it was, and why the usual guess goes wrong; it works as well
where nobody answered, and then gives the measurement alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from textwrap import fill
from typing import Any

import ipywidgets

from course_lib.hazards.questions import Asked, asked
from course_lib.progress import ProgressNotSaved, record
from course_lib.widgets import prose
from course_lib.widgets.keys import Keys
from course_lib.widgets.page import SKY, LiveView, View
from course_lib.widgets.predictions import (
    SURE,
    Prediction,
    amount,
    distance,
    keep_answer,
    later_in_words,
    predicted,
)

__all__ = ["SURE", "Comparison", "PredictionForm", "compare", "predict", "predicted"]

FORM = "course-prediction"
WIDTH = 100  # letters of a line in a terminal
_units: dict[str, str] = {}


class PredictionForm(LiveView):
    """Asks the question; each press of the button, or Enter in the field, keeps the answer."""

    def __init__(self, key: str, question: str, unit: str) -> None:
        earlier = predicted(key)
        self.key, self.question, self.unit = key, question, unit
        self.asked: Asked = asked(key)
        self.told = f"Kept: {earlier}." if earlier else ""
        self.answer = ipywidgets.Text(
            value=_as_typed(earlier.answer) if earlier else "",
            placeholder="a number",
            description="Answer:",
            layout={"width": "14em"},
        )
        sure = earlier.sure if earlier and earlier.sure in SURE.values() else None
        self.sure = ipywidgets.RadioButtons(
            options=SURE, value=sure, description="How sure?", orientation="horizontal", layout={"width": "auto"}
        )
        self.keep = ipywidgets.Button(description="Keep my prediction", layout={"width": "auto"})
        self._status = ipywidgets.HTML(_status(self.told))
        self.keep.on_click(self._keep)
        self.answer.on_msg(self._typed)
        self._form = self._laid_out(Keys(form=FORM, fresh=earlier is None))

    def _laid_out(self, keys: Keys) -> Any:
        """The question, the field with its unit, the degrees of certainty, the button with what it says."""
        question = ipywidgets.HTML(f"<strong>{prose.line(self.question)}</strong>")
        field = ipywidgets.HBox([self.answer, ipywidgets.Label(self.unit)])
        form = ipywidgets.VBox(
            [question, field, self.sure, ipywidgets.HBox([self.keep, self._status]), keys],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 0 2px 12px", "overflow": "visible"},
        )
        form.add_class(FORM)
        return form

    @property
    def by_hand(self) -> str:
        sure = ", ".join(map(str, SURE.values()))
        return f"Without a form: give answer=… in this cell's predict(…), and sure=…, one of {sure}."

    @property
    def widget(self) -> Any:
        return self._form

    def _typed(self, _field: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit":
            self._keep(None)

    def _keep(self, _button: Any) -> None:
        answer = _as_number(self.answer.value)
        if answer is None:
            self.say("Answer with a number first.")
        elif refused := self.asked.refused(answer):
            self.say(refused)
        elif self.sure.value is None:
            self.say("Say how sure you are first.")
        else:
            self.say(keep_answer(self.key, self.unit, answer, self.sure.value))

    def say(self, words: str) -> None:
        """Shows the sentence beside the button."""
        self.told = words
        self.changed()
        self._status.value = _status(words)

    def __str__(self) -> str:
        return f"Predict: {self.question} ({self.unit}) {self.told}".strip()

    def to_html(self) -> str:
        asked = f"{prose.line(self.question)} ({escape(self.unit)})"
        return f"<p><strong>Predict:</strong> {asked}</p><p>{escape(self.told)}</p>"


def _status(words: str) -> str:
    return f'<span role="status">{escape(words)}</span>'


def _as_typed(answer: float) -> str:
    return f"{int(answer):,}" if answer.is_integer() else repr(answer)


def _as_number(typed: str) -> float | None:
    """The finite number that was typed, with or without commas between its thousands; or None."""
    try:
        value = float(typed.replace(",", "").strip())
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def predict(key: str, question: str, unit: str, answer: float | None = None, sure: int = 50) -> PredictionForm:
    """The form for one prediction; an `answer` given here is kept at once, if it can be one."""
    _units[key] = unit
    told = "" if answer is None else asked(key).refused(answer) or keep_answer(key, unit, answer, sure)
    form = PredictionForm(key, question, unit)
    if told:
        form.say(told)
    return form


@dataclass(frozen=True, repr=False)
class Comparison(View):
    """A prediction beside the measurement, and why the usual guess goes wrong."""

    prediction: Prediction | None
    measured: float
    unit: str
    asked: Asked
    later: str = ""

    @property
    def told(self) -> str:
        return self.asked.told(self.prediction.answer if self.prediction else None)

    def lines(self) -> list[str]:
        """The prediction, the measurement with the distance, then what there is to say of it."""
        found = f"measured: {amount(self.measured, self.unit)}"
        if self.prediction is None:
            return list(filter(None, [f"{found} (no prediction was kept)", self.told]))
        said, off = f"predicted: {self.prediction}", distance(self.prediction.answer, self.measured, self.unit)
        return list(filter(None, [said, f"{found}: {off}", self.later, self._certainty(self.prediction), self.told]))

    def __str__(self) -> str:
        return "\n".join(fill(line, WIDTH) for line in self.lines())

    def to_html(self) -> str:
        return "".join(f'<div style="max-width:56em">{prose.line(line)}</div>' for line in self.lines())

    def _certainty(self, prediction: Prediction) -> str:
        """What the certainty was worth, where it says something."""
        right = self.asked.is_right(prediction.answer, self.measured)
        if prediction.sure >= SURE["certain"] and not right:
            return "You were certain. That is the kind of answer that measuring is for, and it is remembered best."
        if prediction.sure <= SURE["a guess"] and right:
            return "You called it a guess, and knew it."
        return ""


def compare(key: str, measured: float, unit: str = "") -> Comparison:
    """What was predicted first under the key, beside what was measured; kept too where there was a prediction."""
    prediction = predicted(key)
    if prediction is not None:
        try:
            record("measured", key=key, measured=measured, answer=prediction.answer, sure=prediction.sure)
        except ProgressNotSaved:
            pass  # the comparison is shown all the same
    unit = unit or (prediction.unit if prediction else _units.get(key, ""))
    return Comparison(prediction, measured, unit, asked(key), later_in_words(key))

"""A prediction before the measurement: one number, and how sure. Kept with the learner's progress.

    predict("01_handles", "At which user does it fail?", "users")        # a form; or, without a page:
    predict("01_handles", "At which user does it fail?", "users", answer=40, sure=75)
    compare("01_handles", measured)

`compare` works as well where nobody answered: it then gives the measurement alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, TypeGuard

import ipywidgets

from course_lib.progress import ProgressNotSaved, events, record
from course_lib.widgets.chart_drawing import number
from course_lib.widgets.page import SKY, LiveView

SURE = {"a guess": 50, "fairly sure": 75, "certain": 95}
_units: dict[str, str] = {}


@dataclass(frozen=True)
class Prediction:
    """What was predicted, in which unit, and how sure in percent."""

    answer: float
    unit: str
    sure: float

    def __str__(self) -> str:
        return f"{number(self.answer)} {self.unit}".strip() + f", {self.sure} % sure"


def prediction_in(event: Mapping[str, Any]) -> Prediction | None:
    """The prediction that an event holds, or None where a line of the progress file was damaged."""
    answer, sure = event.get("answer"), event.get("sure", 50)
    return (
        Prediction(float(answer), str(event.get("unit", "")), sure) if is_figure(answer) and is_figure(sure) else None
    )


def is_figure(value: object) -> TypeGuard[int | float]:
    """Whether a value out of the progress file is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def predicted(key: str) -> Prediction | None:
    """The last prediction that was kept under the key, or None."""
    found = [prediction_in(event) for event in events("predict") if event.get("key") == key]
    return next(filter(None, reversed(found)), None)


class PredictionForm(LiveView):
    """Asks the question; each press of the button, or Enter in the field, keeps the answer."""

    def __init__(self, key: str, question: str, unit: str) -> None:
        earlier = predicted(key)
        self.key, self.question, self.unit = key, question, unit
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
        self._form = self._laid_out()

    def _laid_out(self) -> Any:
        """The question, the field with its unit, the degrees of certainty, the button with what it says."""
        question = ipywidgets.HTML(f"<strong>{escape(self.question)}</strong>")
        field = ipywidgets.HBox([self.answer, ipywidgets.Label(self.unit)])
        form = ipywidgets.VBox(
            [question, field, self.sure, ipywidgets.HBox([self.keep, self._status])],
            layout={"border_left": f"5px solid {SKY}", "padding": "2px 0 2px 12px", "overflow": "visible"},
        )
        form.add_class("course-prediction")
        return form

    @property
    def widget(self) -> Any:
        return self._form

    def _typed(self, _field: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("event") == "submit":
            self._keep(None)

    def _keep(self, _button: Any) -> None:
        answer = _as_number(self.answer.value)
        if answer is None:
            self._tell("Answer with a number first.")
        elif self.sure.value is None:
            self._tell("Say how sure you are first.")
        else:
            self._tell(_keep_answer(self.key, self.unit, answer, self.sure.value))

    def _tell(self, words: str) -> None:
        self.told, self._status.value = words, _status(words)
        self.changed()

    def __str__(self) -> str:
        return f"Predict: {self.question} ({self.unit}) {self.told}".strip()

    def to_html(self) -> str:
        return (
            f"<p><strong>Predict:</strong> {escape(self.question)} ({escape(self.unit)})</p><p>{escape(self.told)}</p>"
        )


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


def _keep_answer(key: str, unit: str, answer: float, sure: int) -> str:
    """Writes the prediction to the progress file; the sentence that says so, or that it could not be written.

    The answer that is kept already is not written anew: it would stand as one that is not measured yet.
    """
    kept = Prediction(answer, unit, sure)
    if kept == predicted(key):
        return f"Kept: {kept}. Now measure."
    try:
        record("predict", key=key, unit=unit, answer=answer, sure=sure)
    except ProgressNotSaved as problem:
        return f"{kept}; {problem}"
    return f"Kept: {kept}. Now measure."


def predict(key: str, question: str, unit: str, answer: float | None = None, sure: int = 50) -> PredictionForm:
    """The form for one prediction; an `answer` given here is kept at once."""
    _units[key] = unit
    if answer is not None:
        _keep_answer(key, unit, answer, sure)
    return PredictionForm(key, question, unit)


@dataclass(frozen=True)
class Comparison:
    """A prediction beside the measurement."""

    prediction: Prediction | None
    measured: float
    unit: str

    def __str__(self) -> str:
        found = f"measured: {number(self.measured)} {self.unit}".strip()
        if self.prediction is None:
            return f"{found} (no prediction was kept)"
        off = abs(self.prediction.answer - self.measured)
        verdict = "exactly right" if off == 0 else f"off by {number(off)}"
        return f"predicted: {self.prediction}\n{found}: {verdict}"

    def __repr__(self) -> str:
        return str(self)


def compare(key: str, measured: float, unit: str = "") -> Comparison:
    """What was predicted under the key, beside what was measured; kept too where there was a prediction."""
    prediction = predicted(key)
    if prediction is not None:
        try:
            record("measured", key=key, measured=measured, answer=prediction.answer, sure=prediction.sure)
        except ProgressNotSaved:
            pass  # the comparison is shown all the same
    unit = unit or (prediction.unit if prediction else _units.get(key, ""))
    return Comparison(prediction, measured, unit)

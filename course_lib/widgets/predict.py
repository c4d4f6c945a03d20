"""A prediction before the measurement: one number, and how sure. Kept with the learner's progress.

    predict("01_handles", "At which user does it fail?", "users")        # a form; or, without a page:
    predict("01_handles", "At which user does it fail?", "users", answer=40, sure=75)
    compare("01_handles", measured)

`compare` works as well where nobody answered: it then gives the measurement alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import anywidget
import traitlets

from course_lib.progress import ProgressNotSaved, events, record
from course_lib.widgets.chart_drawing import number

SURE = {"a guess": 50, "fairly sure": 75, "certain": 95}
_units: dict[str, str] = {}

_PAGE = """
function render({ model, el }) {
  const form = document.createElement("form");
  form.style.cssText = "border-left:.4em solid #56B4E9;padding:.3em 0 .3em .9em;color:var(--jp-ui-font-color1);"
    + "font-size:var(--jp-content-font-size1);line-height:1.9";
  form.innerHTML = `<label><span class="question" style="font-weight:600;display:block"></span>
    <input class="answer" type="number" step="any" required style="width:8em;font:inherit">
    <span class="unit"></span></label>
    <fieldset style="border:0;padding:0;margin:.2em 0">
    <legend style="float:left;padding:0;margin-right:.8em">How sure?</legend><span class="sure"></span></fieldset>
    <button type="submit" class="jupyter-button" style="width:auto;padding:0 1em">Keep my prediction</button>
    <span class="told" role="status" style="margin-left:.8em"></span>`;
  const find = name => form.querySelector("." + name);
  find("question").textContent = model.get("question");
  find("unit").textContent = model.get("unit");
  for (const [words, percent] of Object.entries(model.get("choices"))) {
    const label = document.createElement("label"), radio = document.createElement("input");
    label.style.marginRight = "1em";
    Object.assign(radio, { type: "radio", name: "sure-" + model.get("key"), value: percent, required: true });
    radio.checked = percent === model.get("sure");
    label.append(radio, " " + words);
    find("sure").append(label);
  }
  if (model.get("answer") !== null) find("answer").value = model.get("answer");
  const tell = () => { find("told").textContent = model.get("told"); };
  model.on("change:told", tell);
  form.addEventListener("keydown", event => event.stopPropagation());
  form.addEventListener("submit", event => {
    event.preventDefault();
    model.set("sure", Number(form.querySelector("input[type=radio]:checked").value));
    model.set("answer", Number(find("answer").value));
    model.set("kept", model.get("kept") + 1);
    model.save_changes();
  });
  tell();
  el.append(form);
  return () => model.off("change:told", tell);
}
export default { render };
"""


@dataclass(frozen=True)
class Prediction:
    """What was predicted, in which unit, and how sure in percent."""

    answer: float
    unit: str
    sure: int

    def __str__(self) -> str:
        return f"{number(self.answer)} {self.unit}".strip() + f", {self.sure} % sure"


def predicted(key: str) -> Prediction | None:
    """The last prediction that was kept under the key, or None."""
    last = None
    for event in events("predict"):
        if event.get("key") == key:
            last = Prediction(float(event["answer"]), str(event.get("unit", "")), int(event.get("sure", 50)))
    return last


class PredictionForm(anywidget.AnyWidget):
    """Asks the question; each press of the button keeps the answer."""

    _esm = _PAGE
    key = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)
    choices = traitlets.Dict(SURE).tag(sync=True)
    answer = traitlets.Float(None, allow_none=True).tag(sync=True)
    sure = traitlets.Int(0).tag(sync=True)
    kept = traitlets.Int(0).tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)

    def __init__(self, key: str, question: str, unit: str) -> None:
        earlier = predicted(key)
        known = {"answer": earlier.answer, "sure": earlier.sure, "told": f"Kept: {earlier}."} if earlier else {}
        super().__init__(key=key, question=question, unit=unit, **known)
        self.observe(self._keep, "kept")

    def _keep(self, _change: Any) -> None:
        if self.answer is not None:
            self.told = _keep_answer(self.key, self.unit, self.answer, self.sure)

    def __repr__(self) -> str:
        return f"Predict: {self.question} ({self.unit}) {self.told}".strip()

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        bundle: Any = super()._repr_mimebundle_(**keywords) or {}
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        static = f"<p><strong>Predict:</strong> {escape(self.question)} ({escape(self.unit)})</p>"
        return {**data, "text/plain": repr(self), "text/html": static}, metadata


def _keep_answer(key: str, unit: str, answer: float, sure: int) -> str:
    """Writes the prediction to the progress file; the sentence that says so, or that it could not be written."""
    kept = Prediction(answer, unit, sure)
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

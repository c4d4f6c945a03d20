"""A slider that varies one number: at each place the code is measured again, and the chart is drawn with what is new.

    vary("limit of open files", (32, 64, 128), lambda limit: climb_to(limit), "users exported")

`measure(number)` gives one figure, or a mapping of several by name. What was measured once is not measured again, and
every figure so far stays in the chart, a dot each, and in the words. Without a kernel the chart stands as it was left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import anywidget
import traitlets

from course_lib.widgets import chart_drawing as drawing
from course_lib.widgets.page import LiveView, stored

Figures = Mapping[str, float]

_PAGE = """
function render({ model, el }) {
  const [box, picture, told] = [1, 2, 3].map(() => document.createElement("div"));
  const label = document.createElement("label"), slider = document.createElement("input");
  const values = model.get("values");
  box.style.cssText = "color:var(--jp-ui-font-color1)";
  label.style.cssText = "display:flex;flex-wrap:wrap;gap:.8em;align-items:center;margin:.4em 0";
  label.append(model.get("label"), slider);
  Object.assign(slider, { type: "range", min: 0, max: values.length - 1, step: 1 });
  slider.style.cssText = "width:min(24em,50vw)";
  told.setAttribute("role", "status");
  box.append(label, told, picture);
  el.append(box);
  const draw = () => {
    slider.value = model.get("at");
    slider.setAttribute("aria-valuetext", values[model.get("at")]);
    told.textContent = model.get("told");
    picture.innerHTML = model.get("picture");
  };
  const ask = () => {
    const at = Number(slider.value);
    slider.setAttribute("aria-valuetext", values[at]);
    told.textContent = `${model.get("label")} ${values[at]}: measuring …`;
    model.set("at", at);
    model.save_changes();
  };
  slider.addEventListener("input", ask);
  slider.addEventListener("keydown", event => {
    if (/^(Arrow|Page|Home|End)/.test(event.key)) event.stopPropagation();
  });
  model.on("change:told", draw);
  draw();
  return () => model.off("change:told", draw);
}
export default { render };
"""


class _Slider(anywidget.AnyWidget):
    """The slider over the chart; `at` is the place of the value that is chosen."""

    _esm = _PAGE
    label = traitlets.Unicode().tag(sync=True)
    values: Any = traitlets.List().tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)


class Varied(LiveView):
    """The figures by value so far, with the slider where a page is alive."""

    def __init__(
        self, label: str, values: Sequence[float], measure: Callable[[Any], float | Figures], what: str, at: float
    ) -> None:
        self.label, self.values, self._measure, self.what = label, list(values), measure, what
        self.chart = drawing.Chart(f"One number varied: {label}", label, what, x_max=max(values), dotted=True)
        self.found: dict[float, Figures] = {}
        self.value, self.told = at, ""
        self._slider = _Slider(label=label, values=list(map(drawing.number, values)))
        self._slider.observe(self._moved, "at")
        self.at(at)

    @property
    def by_hand(self) -> str:
        return (
            f"Without a slider: give at=… in this cell's vary(…), one of {', '.join(map(drawing.number, self.values))}."
        )

    @property
    def widget(self) -> Any:
        return self._slider

    def _moved(self, change: Any) -> None:
        if self.values[change["new"]] != self.value:  # moved on the page, and not from here
            self.at(self.values[change["new"]])

    def at(self, value: float) -> Figures:
        """The figures at that value: measured, unless they are known; shown, and returned."""
        self.value = value
        figures: Figures = {}
        try:
            if value not in self.found:
                self.found[value] = self._measured(value)
            figures = self.found[value]
            told = ", ".join(f"{name} {drawing.number(figure)}" for name, figure in figures.items())
        except Exception as error:  # noqa: BLE001  # whatever goes wrong belongs on the page, not in a log
            told = f"{type(error).__name__}: {error}"
        self.told = f"{self.label} {drawing.number(value)}: {told}"
        self._draw(value)
        return figures

    def _measured(self, value: float) -> Figures:
        measured = self._measure(value)
        return dict(measured) if isinstance(measured, Mapping) else {self.what: float(measured)}

    def _draw(self, value: float) -> None:
        names = dict.fromkeys(name for figures in self.found.values() for name in figures)
        self.chart.lines = {
            name: [(x, self.found[x][name]) for x in sorted(self.found) if name in self.found[x]] for name in names
        }
        self.chart.upright = [(value, f"{self.label} {drawing.number(value)}")]
        self.changed()
        with self._slider.hold_sync():
            self._slider.at = self.values.index(value) if value in self.values else self._slider.at
            self._slider.picture, self._slider.told = drawing.svg(self.chart), self.told

    def __str__(self) -> str:
        return f"{self.told}\n{drawing.text(self.chart)}"

    def to_html(self) -> str:
        picture = stored(drawing.svg(self.chart), drawing.summary(self.chart))
        return f"<div>{escape(self.told)}</div>{picture}{drawing.html_table(self.chart)}"


def vary(
    label: str,
    values: Sequence[float],
    measure: Callable[[Any], float | Figures],
    what: str = "measured",
    at: float | None = None,
) -> Varied:
    """The slider over those values, at the first or at the one given; `what` names the figure, or all of them."""
    return Varied(label, values, measure, what, values[0] if at is None else at)

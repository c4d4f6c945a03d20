"""A line chart that grows while code runs.

    chart = LiveChart("Open handles", "user", "open handles", limit=64, limit_label="the limit: 64")
    display(chart)
    for user, count in measurement:
        chart.add(user, count)
    chart.finish("Too many open files at user 59")
    print(chart)

`add` may be called from any thread. The page is told at most 25 times a second, and always by `finish`. The picture is
drawn in Python, once for the page and once, on white, for places where no widget can live; `print` gives it in words.
"""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Mapping
from html import escape
from typing import Any

import anywidget
import traitlets

from course_lib.widgets import chart_drawing as drawing

_SECONDS_BETWEEN_FRAMES = 0.04

_PAGE = """
function render({ model, el }) {
  const picture = document.createElement("div");
  const told = document.createElement("div");
  told.setAttribute("aria-live", "polite");
  told.style.cssText = "margin:.2em 0 .2em 62px;min-height:1.4em;color:var(--jp-ui-font-color1)";
  const figures = document.createElement("div");
  figures.style.cssText = "margin-left:62px";
  picture.style.color = "var(--jp-ui-font-color1)";
  el.append(picture, told, figures);
  let waiting = 0;
  const draw = () => {
    waiting = 0;
    picture.innerHTML = model.get("picture");
    told.textContent = model.get("closing");
    figures.innerHTML = model.get("figures");
  };
  const ask = () => { waiting = waiting || requestAnimationFrame(draw); };
  model.on("change", ask);
  draw();
  return () => { model.off("change", ask); cancelAnimationFrame(waiting); };
}
export default { render };
"""


class LiveChart(anywidget.AnyWidget):
    """The chart; `limit` is drawn across it, and more lines appear as soon as `add` names them."""

    _esm = _PAGE
    picture = traitlets.Unicode().tag(sync=True)
    closing = traitlets.Unicode().tag(sync=True)
    figures = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        title: str,
        x_label: str,
        y_label: str,
        *,
        series: tuple[str, ...] = (),
        limit: float | None = None,
        limit_label: str = "limit",
        x_max: float | None = None,
        y_max: float | None = None,
    ) -> None:
        super().__init__()
        self.chart = drawing.Chart(title, x_label, y_label, x_max, y_max)
        self.chart.lines.update({name: [] for name in series})
        self._lock, self._shown_at = threading.Lock(), 0.0
        if limit is not None:
            self.chart.across.append((limit, limit_label))
        self._show()

    def add(self, x: float, y: float | Mapping[str, float], series: str | None = None) -> None:
        """Adds a point to one line (the first where none is named), or with a mapping to several at the same x."""
        name = series or next(iter(self.chart.lines), self.chart.y_label)
        values = y if isinstance(y, Mapping) else {name: y}
        with self._lock:
            for line, value in values.items():
                self.chart.lines.setdefault(line, []).append((x, value))
            if time.monotonic() - self._shown_at > _SECONDS_BETWEEN_FRAMES:
                self._show()

    def mark_x(self, x: float, label: str) -> None:
        """Draws an upright line at x: a prediction, or the place where it broke."""
        with self._lock:
            self.chart.upright.append((x, label))
            self._show()

    def mark_y(self, y: float, label: str) -> None:
        """Draws a line across at y: a prediction, or a bound."""
        with self._lock:
            self.chart.across.append((y, label))
            self._show()

    def finish(self, closing: str = "") -> None:
        """Shows every point, the closing sentence under the picture, and the table of figures."""
        with self._lock:
            self.chart.closing = closing
            self._show()
            self.closing, self.figures = closing, drawing.html_table(self.chart)

    def _show(self) -> None:
        self._shown_at = time.monotonic()
        self.picture = drawing.svg(self.chart, paper=False)

    def __str__(self) -> str:
        return drawing.text(self.chart)

    def __repr__(self) -> str:
        return str(self)

    def _static_html(self) -> str:
        picture = base64.b64encode(drawing.svg(self.chart, paper=True).encode()).decode()
        words = escape(drawing.summary(self.chart))
        return f'<img alt="{words}" src="data:image/svg+xml;base64,{picture}">{drawing.html_table(self.chart)}'

    def _repr_mimebundle_(self, **keywords: Any) -> Any:
        bundle: Any = super()._repr_mimebundle_(**keywords) or {}
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        return {**data, "text/plain": str(self), "text/html": self._static_html()}, metadata

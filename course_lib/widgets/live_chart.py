"""A line chart that grows while code runs.

    chart = LiveChart("Open handles", "user", "open handles", limit=64, limit_label="the limit: 64")
    display(chart)
    for user, count in measurement:
        chart.add(user, count)
    chart.finish("Too many open files at user 59")
    print(chart)

`add` may be called from any thread. The page is told at most 25 times a second, and always by `finish`, which leaves
the finished picture in the notebook in place of the live one: it is saved there, and is seen without a kernel. The
picture is drawn in Python; `print` gives it in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from course_lib.widgets import chart_drawing as drawing
from course_lib.widgets.growing import GrowingView
from course_lib.widgets.page import stored


class LiveChart(GrowingView):
    """The chart; `limit` is drawn across it, and more lines appear as soon as `add` names them."""

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
        self.chart = drawing.Chart(title, x_label, y_label, x_max, y_max)
        self.chart.lines.update({name: [] for name in series})
        if limit is not None:
            self.chart.across.append((limit, limit_label))
        super().__init__()

    def add(self, x: float, y: float | Mapping[str, float], series: str | None = None) -> None:
        """Adds a point to one line (the first where none is named), or with a mapping to several at the same x."""
        name = series or next(iter(self.chart.lines), self.chart.y_label)
        values = y if isinstance(y, Mapping) else {name: y}
        with self.changing(at_once=False):
            for line, value in values.items():
                self.chart.lines.setdefault(line, []).append((x, value))

    def mark_x(self, x: float, label: str) -> None:
        """Draws an upright line at x: a prediction, or the place where it broke."""
        with self.changing():
            self.chart.upright.append((x, label))

    def mark_y(self, y: float, label: str) -> None:
        """Draws a line across at y: a prediction, or a bound."""
        with self.changing():
            self.chart.across.append((y, label))

    def finish(self, closing: str = "") -> None:
        """Shows every point, the closing sentence under the picture, and the table of figures."""
        with self.changing():
            self.chart.closing = closing
            self._finish()

    def drawn(self) -> str:
        return drawing.svg(self.chart)

    def __str__(self) -> str:
        return drawing.text(self.chart)

    def to_html(self) -> str:
        closing = f'<div style="margin:.2em 0 .2em 68px">{escape(self.chart.closing)}</div>' if self._finished else ""
        picture = stored(drawing.svg(self.chart), drawing.summary(self.chart))
        return f"{picture}{closing}{drawing.html_table(self.chart)}"

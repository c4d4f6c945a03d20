"""Several small line charts that grow side by side while something runs: one picture, one table, one text.

    dashboard = Dashboard("Production", "second", {"open descriptors": 64, "wrong answers": None})
    display(dashboard)
    dashboard.add(0.5, {"open descriptors": 12, "wrong answers": 0})
    dashboard.finish("Too many open files at second 9.")
    print(dashboard)

As with `LiveChart`, `finish` leaves the finished picture in the notebook in place of the live one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from course_lib.reading import table
from course_lib.widgets import chart_drawing as drawing
from course_lib.widgets.growing import GrowingView
from course_lib.widgets.page import stored, table_html

FEW = 14  # rows of the table
ROOM_ABOVE = 1.25  # for the name of a budget that nothing has passed


class Dashboard(GrowingView):
    """One chart for each name, with its budget drawn across where it has one."""

    seconds_between_frames = 0.2

    def __init__(
        self, title: str, x_label: str, budgets: Mapping[str, float | None], x_max: float | None = None
    ) -> None:
        self.title, self.x_label, self.closing = title, x_label, ""
        self.charts = {name: drawing.Chart(name, x_label, "", x_max) for name in budgets}
        for name, budget in budgets.items():
            self.charts[name].lines[name] = []
            if budget is not None:
                self.charts[name].y_max = budget * ROOM_ABOVE
                self.charts[name].across.append((budget, f"budget: {drawing.number(budget)}"))
        super().__init__()

    def add(self, x: float, values: Mapping[str, float]) -> None:
        """One sample; a name that is missing in it was not read."""
        with self.changing(at_once=False):
            for name, value in values.items():
                self.charts[name].lines[name].append((x, value))

    def finish(self, closing: str = "") -> None:
        """Shows every sample and the closing sentence, and leaves that in the notebook."""
        with self.changing():
            self.closing = closing
            self._finish()

    def drawn(self) -> str:
        return _side_by_side([drawing.svg(chart, drawing.SMALL) for chart in self.charts.values()])

    def rows(self) -> list[list[str]]:
        """A header and about a dozen samples, one column a chart."""
        columns = [dict(chart.lines[name]) for name, chart in self.charts.items()]
        xs = sorted({x for column in columns for x in column})
        step = max(1, math.ceil(len(xs) / FEW))
        chosen = xs[::step] if not xs or xs[::step][-1] == xs[-1] else [*xs[::step], xs[-1]]
        cells = [[f"{x:.1f}", *(drawing.number(c[x]) if x in c else "" for c in columns)] for x in chosen]
        return [[self.x_label, *self.charts], *cells]

    def __str__(self) -> str:
        return "\n\n".join(filter(None, [self.title, table(self.rows()), self.closing]))

    def to_html(self) -> str:
        """The pictures as they may be stored, the closing sentence, and the figures as a table."""
        pictures = [stored(drawing.svg(chart, drawing.SMALL), drawing.summary(chart)) for chart in self.charts.values()]
        head, *body = self.rows()
        figures = table_html(head, [[escape(cell) for cell in row] for row in body], "text-align:right")
        details = f"<details><summary>The figures as a table</summary>{figures}</details>"
        return f"<strong>{escape(self.title)}</strong>{_side_by_side(pictures)}<p>{escape(self.closing)}</p>{details}"


def _side_by_side(pictures: list[str]) -> str:
    cells = "".join(f'<div style="flex:0 1 312px">{picture}</div>' for picture in pictures)
    return f'<div style="display:flex;flex-wrap:wrap;gap:4px 12px">{cells}</div>'

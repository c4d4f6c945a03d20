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
import threading
import time
from collections.abc import Mapping
from html import escape
from typing import Any

from course_lib.reading import table
from course_lib.widgets import chart_drawing as drawing
from course_lib.widgets.growing import Growing
from course_lib.widgets.page import View, stored, table_html

_SECONDS_BETWEEN_FRAMES = 0.2
FEW = 14  # rows of the table
ROOM_ABOVE = 1.25  # for the name of a budget that nothing has passed


class Dashboard(View):
    """One chart for each name, with its budget drawn across where it has one."""

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
        self._growing, self._finished, self._drawn_at = Growing(), False, 0.0
        self._displays: list[Any] = []
        self._lock = threading.Lock()
        self._show()

    def add(self, x: float, values: Mapping[str, float]) -> None:
        """One sample; a name that is missing in it was not read."""
        with self._lock:
            for name, value in values.items():
                self.charts[name].lines[name].append((x, value))
            if time.monotonic() - self._drawn_at > _SECONDS_BETWEEN_FRAMES:
                self._show()

    def finish(self, closing: str = "") -> None:
        """Shows every sample and the closing sentence, and leaves that in the notebook."""
        with self._lock:
            self.closing, self._finished = closing, True
            self._show()

    def _show(self) -> None:
        self._drawn_at = time.monotonic()
        pictures = [drawing.svg(chart, drawing.SMALL) for chart in self.charts.values()]
        self._growing.picture = _side_by_side(pictures)
        if self._finished:
            for shown in self._displays:
                shown.update(self.static_bundle(), raw=True)

    @property
    def widget(self) -> Any:
        """The live picture, until it is finished."""
        return None if self._finished else self._growing

    def _ipython_display_(self) -> None:
        from IPython.display import display

        shown = display(self._repr_mimebundle_(), raw=True, display_id=True)  # type: ignore[no-untyped-call]  # IPython has no types
        self._displays.append(shown)

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

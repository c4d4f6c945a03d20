"""Work by size of the input on log axes: comparisons, steps and the clock side by side, one line a candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from course_lib.instruments.work.scaling import Growth
from course_lib.reading import table
from course_lib.widgets.chart_drawing import SMALL, Chart, html_table, legend, lines_in_words, summary, svg
from course_lib.widgets.page import View, stored


@dataclass(frozen=True, repr=False)
class GrowthPicture(View):
    """Growth by candidate, and seconds by candidate and size; prints as a table, shows as three panels.

    On log axes a straight line that climbs one decade a decade is proportion.
    """

    growths: Mapping[str, Growth]
    seconds: Mapping[str, Mapping[int, float]]

    def __str__(self) -> str:
        """Each candidate's key operations by size, and the fitted class in words."""
        sizes = list(next(iter(self.growths.values())).by_size)
        rows = [
            (name, *(growth.by_size[size].keys for size in sizes), growth.in_words)
            for name, growth in self.growths.items()
        ]
        return table([("key operations", *sizes, "users"), *rows])

    def to_html(self) -> str:
        """The three panels: key operations, steps, and the clock of this machine; then who is who, and the figures."""
        panels = self.panels()
        drawn = "".join(stored(svg(panel, SMALL), summary(panel)) for panel in panels)
        names = list(self.growths)
        figures = "".join(html_table(panel, f"The figures as a table: {panel.title}") for panel in panels)
        return (
            f'<div style="display:flex;flex-wrap:wrap;gap:4px 12px">{drawn}</div>'
            f"<div>{stored(legend(names), lines_in_words(names))}</div>{figures}"
        )

    def panels(self) -> list[Chart]:
        """One chart a quantity, each with the same lines in the same order."""
        keys = {name: {n: work.keys for n, work in growth.by_size.items()} for name, growth in self.growths.items()}
        steps = {name: {n: work.steps for n, work in growth.by_size.items()} for name, growth in self.growths.items()}
        clock = {name: {n: 1e6 * taken for n, taken in by_size.items()} for name, by_size in self.seconds.items()}
        return [
            _panel("key operations", keys),
            _panel("steps", steps),
            _panel("microseconds, here and today", clock),
        ]


def _panel(title: str, lines: Mapping[str, Mapping[int, float]]) -> Chart:
    points = {name: [(float(size), float(height)) for size, height in line.items()] for name, line in lines.items()}
    return Chart(title, "users", "", lines=points, log=True)

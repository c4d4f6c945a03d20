"""Work by size of the input on log axes: comparisons, steps and the clock side by side, one line a candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.instruments.work.scaling import Growth
from course_lib.reading import table

_COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00")  # Okabe and Ito
_MARKERS = "osD^v"


@dataclass(frozen=True, repr=False)
class GrowthPicture:
    """Growth by candidate, and seconds by candidate and size; prints as a table, shows as three panels.

    On log axes a straight line that climbs one decade a decade is proportion.
    """

    growths: Mapping[str, Growth]
    seconds: Mapping[str, Mapping[int, float]]

    def __repr__(self) -> str:
        """Each candidate's key operations by size, and the fitted class in words."""
        sizes = list(next(iter(self.growths.values())).by_size)
        rows = [
            (name, *(growth.by_size[size].keys for size in sizes), growth.in_words)
            for name, growth in self.growths.items()
        ]
        return table([("key operations", *sizes, "users"), *rows])

    def _repr_png_(self) -> bytes:
        picture = BytesIO()
        self.figure().savefig(picture, format="png", dpi=96)
        return picture.getvalue()

    def figure(self) -> Figure:
        """The three panels: key operations, steps, and the clock of this machine."""
        figure = Figure(figsize=(10.5, 3.8), layout="constrained", facecolor="white")
        keys = {name: {n: work.keys for n, work in growth.by_size.items()} for name, growth in self.growths.items()}
        steps = {name: {n: work.steps for n, work in growth.by_size.items()} for name, growth in self.growths.items()}
        clock = {name: {n: 1e6 * taken for n, taken in by_size.items()} for name, by_size in self.seconds.items()}
        panels: dict[str, Mapping[str, Mapping[int, float]]] = {
            "key operations": keys,
            "steps": steps,
            "microseconds (this machine, today)": clock,
        }
        for axes, (title, lines) in zip(figure.subplots(1, len(panels)), panels.items(), strict=True):
            _draw(axes, title, lines)
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=len(labels), frameon=False)
        return figure


def _draw(axes: Axes, title: str, lines: Mapping[str, Mapping[int, float]]) -> None:
    for (name, points), colour, marker in zip(lines.items(), _COLOURS, _MARKERS, strict=False):
        heights = [max(height, 0.01) for height in points.values()]
        axes.plot(list(points), heights, color=colour, marker=marker, markersize=5, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(title, fontsize=10)
    axes.set_xlabel("users", fontsize=9)
    axes.grid(True, which="major", color="#dddddd")
    axes.tick_params(labelsize=8)

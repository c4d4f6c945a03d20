"""A line chart as SVG, as a table and as text: pure functions of the same data, so all three always agree.

Lines differ in colour, in dash pattern and in the label at their end, so no reader depends on one of them. Several
small charts of the same lines share one legend. With `log`, both axes count decades, and a line that climbs one decade
a decade is proportion.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from course_lib.reading import table
from course_lib.widgets.page import GROUND, INK, SERIES, legible, picture, table_html

Point = tuple[float, float]

DASHES = ("", "7 3", "2 3", "9 3 2 3", "4 4", "12 4")
LEAST = 0.01  # what a logarithmic axis shows for nothing
FEW = 12  # rows of the text table
MANY = 240  # points drawn per line


@dataclass
class Chart:
    """What is drawn: named lines, marks across the whole area, and one closing sentence."""

    title: str
    x_label: str
    y_label: str
    x_max: float | None = None
    y_max: float | None = None
    lines: dict[str, list[Point]] = field(default_factory=dict)
    across: list[tuple[float, str]] = field(default_factory=list)  # at y
    upright: list[tuple[float, str]] = field(default_factory=list)  # at x
    closing: str = ""
    log: bool = False
    dotted: bool = False  # each point was measured by itself, and nothing between two of them

    def bounds(self) -> Point:
        """The largest x and y that the axes must show, never zero."""
        points = [point for line in self.lines.values() for point in line]
        xs = [x for x, _ in points] + [x for x, _ in self.upright]
        ys = [y for _, y in points] + [y for y, _ in self.across]
        return max([self.x_max or 1, *xs]), max([self.y_max or 1, *ys])


def number(value: float) -> str:
    """A figure as people write it: 1,000 and 2.5, never 1000.0."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.3g}"


def short(value: float) -> str:
    """A figure for an axis: 1.5 M where 1,500,000 would not fit."""
    return f"{value / 1e6:g} M" if value >= 1_000_000 else number(value)


def ticks(largest: float) -> list[float]:
    """About four round steps from zero that reach at least `largest`."""
    rough = largest / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    step = max(step, 1) if largest >= 2 else step
    return [step * index for index in range(math.ceil(largest / step - 1e-9) + 1)]


def decades(smallest: float, largest: float) -> list[float]:
    """The powers of ten from the one at or below `smallest` to the one at or above `largest`, two at least."""
    first = math.floor(math.log10(max(smallest, LEAST)) + 1e-9)
    last = max(math.ceil(math.log10(max(largest, LEAST)) - 1e-9), first + 1)
    return [10.0**power for power in range(first, last + 1)]


@dataclass(frozen=True)
class Size:
    """A picture's measures, and where the axes stand in it; lines are named at their ends where there is room."""

    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int

    @property
    def has_room_for_names(self) -> bool:
        return self.width - self.right > 100


WIDE, SMALL = Size(720, 300, 68, 40, 486, 248), Size(312, 240, 62, 34, 284, 188)


@dataclass(frozen=True)
class _Area:
    """Where figures lie in the picture."""

    size: Size
    x_ticks: list[float]
    y_ticks: list[float]
    log: bool = False

    def x(self, value: float) -> float:
        return round(self.size.left + (self.size.right - self.size.left) * self._share(value, self.x_ticks), 1)

    def y(self, value: float) -> float:
        return round(self.size.bottom - (self.size.bottom - self.size.top) * self._share(value, self.y_ticks), 1)

    def _share(self, value: float, ticks: list[float]) -> float:
        """How far along its axis a value lies, from 0 to 1."""
        if not self.log:
            return value / ticks[-1]
        return math.log10(max(value, LEAST) / ticks[0]) / math.log10(ticks[-1] / ticks[0])


def _area_of(chart: Chart, size: Size) -> _Area:
    x_largest, y_largest = chart.bounds()
    if not chart.log:
        return _Area(size, ticks(x_largest), ticks(y_largest))
    points = [point for line in chart.lines.values() for point in line]
    smallest = [min((point[axis] for point in points), default=1) for axis in (0, 1)]
    return _Area(size, decades(smallest[0], x_largest), decades(smallest[1], y_largest), log=True)


def svg(chart: Chart, size: Size = WIDE) -> str:
    """The picture, in the colour of the text around it."""
    area = _area_of(chart, size)
    return picture(
        size.width, size.height, summary(chart), [*_frame(chart, area), *_lines(chart, area), *_marks(chart, area)]
    )


def _frame(chart: Chart, area: _Area) -> list[str]:
    """Title, axes, ticks and their labels."""
    size = area.size
    middle = (size.top + size.bottom) / 2
    parts = [
        f'<text x="{size.left}" y="20" font-size="14" font-weight="600">{escape(chart.title)}</text>',
        _text((size.left + size.right) / 2, size.height - 12, chart.x_label, "middle"),
        _text(14, middle, chart.y_label, "middle", f'transform="rotate(-90 14 {middle})"'),
    ]
    for value in area.y_ticks:
        y = area.y(value)
        parts.append(_stroke(size.left, y, size.right, y, INK, 'opacity="0.18"'))
        parts.append(_text(size.left - 8, y + 4, short(value), "end"))
    parts += [_text(area.x(value), size.bottom + 18, short(value), "middle") for value in area.x_ticks]
    return [*parts, _stroke(size.left, size.bottom, size.right, size.bottom, INK, 'opacity="0.7"')]


def _marks(chart: Chart, area: _Area) -> list[str]:
    """Lines across and upright ones; a halo keeps their labels readable over anything."""
    size = area.size
    halo = f'stroke="{GROUND}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
    dashes, parts = 'stroke-dasharray="3 3"', []
    taken = [area.y(value) + shift for value, _ in chart.across for shift in (-5, 6)]  # heights of text
    for value, label in chart.across:
        y = area.y(value)
        parts += [_stroke(size.left, y, size.right, y, INK, dashes), _text(size.left + 6, y - 5, label, "start", halo)]
    for value, label in chart.upright:
        x, y = area.x(value), size.top + 14.0
        while any(abs(other - y) < 15 for other in taken):
            y += 3
        taken.append(y)
        anchor, side = ("end", -6) if value > area.x_ticks[-1] * 0.3 else ("start", 6)
        parts += [_stroke(x, size.top, x, size.bottom, INK, dashes), _text(x + side, y, label, anchor, halo)]
    return parts


def _lines(chart: Chart, area: _Area) -> list[str]:
    """Each line with its end point, and its name and last figure to the right of it."""
    drawn = [(index, name, line) for index, (name, line) in enumerate(chart.lines.items()) if line]
    heights = _label_heights([area.y(line[-1][1]) for _, _, line in drawn], area.size)
    parts, faint = [], ' stroke-opacity="0.35"' if chart.dotted else ""
    for (index, name, line), height in zip(drawn, heights, strict=True):
        colour, look = _look(index)
        path = " ".join(f"{area.x(x)},{area.y(y)}" for x, y in thinned(line, MANY))
        x, y = area.x(line[-1][0]), area.y(line[-1][1])
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" {look}{faint}/>')
        dots = [(area.x(across), area.y(up)) for across, up in line] if chart.dotted else [(x, y)]
        parts += [f'<circle cx="{cx}" cy="{cy}" r="3.5" fill="{colour}"/>' for cx, cy in dots]
        if area.size.has_room_for_names:
            parts += _sample(index, area.size.right + 10, height, f"{name}: {number(line[-1][1])}")
    return parts


def _look(index: int) -> tuple[str, str]:
    """The colour of the line with this number, and the rest of its stroke."""
    dash = DASHES[index % len(DASHES)]
    return legible(SERIES[index % len(SERIES)]), 'stroke-width="2.2"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _sample(index: int, x: float, y: float, words: str) -> list[str]:
    """A short piece of a line, and its name beside it."""
    return [_stroke(x, y - 4, x + 18, y - 4, *_look(index)), _text(x + 23, y, words, "start")]


def legend(names: Sequence[str]) -> str:
    """The names of lines beside a piece of each, one under the other, for charts that have no room for them."""
    parts = [part for index, name in enumerate(names) for part in _sample(index, 4, 16 + 18 * index, name)]
    width = 40 + max(map(len, names), default=0) * 7
    return picture(width, 18 * len(names) + 6, lines_in_words(names), parts)


def lines_in_words(names: Sequence[str]) -> str:
    return f"Lines: {', '.join(names)}"


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {more}>{escape(words)}</text>'


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, more: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" {more}/>'


def _label_heights(wanted: Sequence[float], size: Size) -> list[float]:
    """Heights for the labels at the lines' ends: near the wanted ones, at least 16 apart, inside the picture."""
    order = sorted(range(len(wanted)), key=lambda index: -wanted[index])
    heights, lowest = [0.0] * len(wanted), size.bottom + 4.0
    for index in order:
        heights[index] = min(wanted[index] + 4, lowest)
        lowest = heights[index] - 16
    return heights


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most about `most` of the points, evenly spread, the last one always among them."""
    step = max(1, math.ceil(len(points) / most))
    kept = list(points[::step])
    return kept if not points or kept[-1] == points[-1] else [*kept, points[-1]]


def summary(chart: Chart) -> str:
    """The chart in words, one line a fact."""
    facts = [f"{chart.title}: {chart.y_label} against {chart.x_label}."]
    facts += [f"{name}: {_course_of(line)}." for name, line in chart.lines.items() if line]
    for place, label in [*chart.across, *chart.upright]:
        facts.append(f"{label}." if number(place) in label else f"{label} at {number(place)}.")
    return " ".join([*facts, chart.closing]).strip()


def _course_of(line: Sequence[Point]) -> str:
    x, y = max(line, key=lambda point: point[1])
    first, last = line[0][1], line[-1][1]
    if min(value for _, value in line) == y:
        return f"always {number(y)}"
    return f"from {number(first)} to {number(last)}" + (f", highest {number(y)} at {number(x)}" if y > last else "")


def rows(chart: Chart) -> list[list[str]]:
    """The figures as a table: a header, then at most about a dozen rows, one column a line."""
    xs = sorted({x for line in chart.lines.values() for x, _ in line})
    step = max(1, math.ceil(len(xs) / FEW))
    chosen = xs[::step] if not xs or xs[::step][-1] == xs[-1] else [*xs[::step], xs[-1]]
    columns = [dict(line) for line in chart.lines.values()]
    cells = [[number(x), *(number(c[x]) if x in c else "" for c in columns)] for x in chosen]
    return [[chart.x_label, *chart.lines], *cells]


def text(chart: Chart) -> str:
    """The chart as text: the summary and the table."""
    figures = rows(chart)
    return "\n".join([summary(chart), *([table(figures)] if len(figures) > 1 else [])])


def html_table(chart: Chart, summary: str = "The figures as a table") -> str:
    """The table behind the picture, folded away."""
    head, *body = rows(chart)
    figures = table_html(head, [[escape(cell) for cell in row] for row in body], "text-align:right")
    return f"<details><summary>{escape(summary)}</summary>{figures}</details>"

"""A line chart as SVG, as a table and as text: pure functions of the same data, so all three always agree.

Lines differ in colour, in dash pattern and in the label at their end, so no reader depends on one of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from course_lib.reading import table

Point = tuple[float, float]

# Okabe and Ito's palette, without the yellow that vanishes on white; each with a dash pattern of its own.
STROKES = (
    ("#0072B2", ""),
    ("#D55E00", "7 3"),
    ("#009E73", "2 3"),
    ("#CC79A7", "9 3 2 3"),
    ("#56B4E9", "4 4"),
    ("#E69F00", "12 4"),
)
WIDTH, HEIGHT = 720, 300
LEFT, TOP, AREA_RIGHT, AREA_BOTTOM = 62, 40, 480, 248
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


@dataclass(frozen=True)
class _Area:
    """Where figures lie in the picture, and what it is drawn with."""

    x_ticks: list[float]
    y_ticks: list[float]
    ink: str
    ground: str

    def line(self, colour: str) -> str:
        """The colour as it is on paper; on a page mixed with the text's, to be legible on any ground."""
        return colour if self.ink != "currentColor" else f"color-mix(in srgb, {colour} 75%, currentColor)"

    def x(self, value: float) -> float:
        return round(LEFT + (AREA_RIGHT - LEFT) * value / self.x_ticks[-1], 1)

    def y(self, value: float) -> float:
        return round(AREA_BOTTOM - (AREA_BOTTOM - TOP) * value / self.y_ticks[-1], 1)


def svg(chart: Chart, paper: bool) -> str:
    """The picture; on `paper` it brings its own white ground, else it takes the colour of the text around it."""
    x_largest, y_largest = chart.bounds()
    colours = ("#222", "#fff") if paper else ("currentColor", "var(--jp-layout-color0, transparent)")
    area = _Area(ticks(x_largest), ticks(y_largest), *colours)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" role="img" '
        f'aria-label="{escape(summary(chart))}" style="max-width:100%;height:auto" '
        f'font-family="system-ui, sans-serif" font-size="12" fill="{area.ink}">'
    )
    sheet = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{area.ground}"/>'] if paper else []
    parts = [head, *sheet, *_frame(chart, area), *_lines(chart, area), *_marks(chart, area), "</svg>"]
    return "".join(parts)


def _frame(chart: Chart, area: _Area) -> list[str]:
    """Title, axes, ticks and their labels."""
    middle = (TOP + AREA_BOTTOM) / 2
    parts = [
        f'<text x="{LEFT}" y="20" font-size="14" font-weight="600">{escape(chart.title)}</text>',
        _text((LEFT + AREA_RIGHT) / 2, HEIGHT - 12, chart.x_label, "middle"),
        _text(16, middle, chart.y_label, "middle", f'transform="rotate(-90 16 {middle})"'),
    ]
    for value in area.y_ticks:
        y = area.y(value)
        parts.append(_stroke(LEFT, y, AREA_RIGHT, y, area.ink, 'opacity="0.18"'))
        parts.append(_text(LEFT - 8, y + 4, short(value), "end"))
    parts += [_text(area.x(value), AREA_BOTTOM + 18, number(value), "middle") for value in area.x_ticks]
    return [*parts, _stroke(LEFT, AREA_BOTTOM, AREA_RIGHT, AREA_BOTTOM, area.ink, 'opacity="0.7"')]


def _marks(chart: Chart, area: _Area) -> list[str]:
    """Lines across and upright ones; a halo keeps their labels readable over anything."""
    halo = f'stroke="{area.ground}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"'
    dashes, parts = 'stroke-dasharray="3 3"', []
    taken = [area.y(value) + shift for value, _ in chart.across for shift in (-5, 6)]  # heights of text
    for value, label in chart.across:
        y = area.y(value)
        parts += [_stroke(LEFT, y, AREA_RIGHT, y, area.ink, dashes), _text(LEFT + 6, y - 5, label, "start", halo)]
    for value, label in chart.upright:
        x, y = area.x(value), TOP + 14.0
        while any(abs(other - y) < 15 for other in taken):
            y += 3
        taken.append(y)
        anchor, side = ("end", -6) if value > area.x_ticks[-1] * 0.3 else ("start", 6)
        parts += [_stroke(x, TOP, x, AREA_BOTTOM, area.ink, dashes), _text(x + side, y, label, anchor, halo)]
    return parts


def _lines(chart: Chart, area: _Area) -> list[str]:
    """Each line with its end point, and its name and last figure to the right of it."""
    drawn = [(index, name, line) for index, (name, line) in enumerate(chart.lines.items()) if line]
    heights = _label_heights([area.y(line[-1][1]) for _, _, line in drawn])
    parts = []
    for (index, name, line), height in zip(drawn, heights, strict=True):
        plain, dash = STROKES[index % len(STROKES)]
        colour = area.line(plain)
        look = 'stroke-width="2.2"' + (f' stroke-dasharray="{dash}"' if dash else "")
        path = " ".join(f"{area.x(x)},{area.y(y)}" for x, y in thinned(line, MANY))
        x, y = area.x(line[-1][0]), area.y(line[-1][1])
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" {look}/>')
        parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>')
        parts.append(_stroke(AREA_RIGHT + 10, height - 4, AREA_RIGHT + 28, height - 4, colour, look))
        parts.append(_text(AREA_RIGHT + 33, height, f"{name}: {number(line[-1][1])}", "start"))
    return parts


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {more}>{escape(words)}</text>'


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, more: str) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" {more}/>'


def _label_heights(wanted: Sequence[float]) -> list[float]:
    """Heights for the labels at the lines' ends: near the wanted ones, at least 16 apart, inside the picture."""
    order = sorted(range(len(wanted)), key=lambda index: -wanted[index])
    heights, lowest = [0.0] * len(wanted), AREA_BOTTOM + 4.0
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


def html_table(chart: Chart) -> str:
    """The table behind the picture, folded away."""
    head, *body = rows(chart)
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in body)
    return (
        f"<details><summary>The figures as a table</summary><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table></details>"
    )

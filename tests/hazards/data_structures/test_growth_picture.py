"""The growth picture: three panels of the same lines, and every figure in words too."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from course_lib.hazards.data_structures.growth_picture import GrowthPicture
from course_lib.instruments.work.operations import Work
from course_lib.instruments.work.scaling import Growth
from course_lib.widgets.chart_drawing import SMALL, svg
from tests.widgets.pictures import stored_pictures

SIZES = (5, 50, 500)


@pytest.fixture
def picture() -> GrowthPicture:
    growths = {
        "scan": Growth("scan", {n: Work(n, 3 * n, 0, 0) for n in SIZES}),
        "hash <map>": Growth("hash <map>", {n: Work(2, 8, 0, 0) for n in SIZES}),
        "knows before": Growth("knows before", {n: Work(0, 1, 0, 0) for n in SIZES}),
    }
    return GrowthPicture(growths, {name: {n: 1e-6 * n for n in SIZES} for name in growths})


def test_it_prints_as_a_table(picture: GrowthPicture) -> None:
    head, first, *rest = str(picture).split("\n")

    assert head == "key operations  5  50  500  users"
    assert first == "scan            5  50  500  grows in proportion: doubling the input doubles the work"
    assert [line.split()[-3:] for line in rest] == [["does", "not", "grow"]] * 2


def test_each_panel_draws_every_candidate_inside_its_axes(picture: GrowthPicture) -> None:
    for panel in picture.panels():
        root = ElementTree.fromstring(svg(panel, SMALL))
        lines = root.findall("{http://www.w3.org/2000/svg}polyline")
        assert len(lines) == 3
        for line in lines:
            for pair in line.get("points", "").split():
                x, y = map(float, pair.split(","))
                assert SMALL.left <= x <= SMALL.right
                assert SMALL.top <= y <= SMALL.bottom


def test_the_lines_are_named_once_below_and_told_apart_without_colour(picture: GrowthPicture) -> None:
    html = picture.to_html()
    drawn = "".join(stored_pictures(html))

    assert drawn.count(">hash &lt;map&gt;</text>") == 1
    assert drawn.count('stroke-dasharray="7 3"') == 4, "three panels and the legend"
    assert html.count("<details>") == 3

"""The live chart: picture, table and words say the same, and nothing depends on a page being there."""

from __future__ import annotations

import re
import threading
import xml.etree.ElementTree as ElementTree

import pytest

from course_lib.widgets import chart_drawing as drawing
from course_lib.widgets.live_chart import LiveChart
from course_lib.widgets.page import WIDGET_VIEW
from tests.widgets.pictures import stored_pictures


@pytest.fixture
def chart() -> LiveChart:
    drawn = LiveChart("Open handles", "user", "handles", limit=64, limit_label="limit: 64")
    for user in range(1, 61):
        drawn.add(user, {"kept": user, "closed": 1})
    drawn.mark_x(40, "your prediction")
    drawn.finish("Too many open files at user 60")
    return drawn


def test_text_is_complete(chart: LiveChart) -> None:
    """Printing shows the lines, where they end, the marks, the closing sentence and a table."""
    text = str(chart)

    for words in (
        "Open handles",
        "kept: from 1 to 60.",
        "closed: always 1.",
        "limit: 64",
        "your prediction at 40",
        "Too many open files",
    ):
        assert words in text
    assert len(text.splitlines()) <= drawing.FEW + 4
    assert text.splitlines()[-1].split() == ["60", "60", "1"]


def test_picture_is_sound_and_the_same_every_time(chart: LiveChart) -> None:
    """The SVG is well-formed, is described for those who can't see it, and holds no random part."""
    picture = drawing.svg(chart.chart)

    assert picture == drawing.svg(chart.chart)
    root = ElementTree.fromstring(picture)
    assert root.get("role") == "img"
    assert "kept: from 1 to 60" in str(root.get("aria-label"))
    assert picture.count("<polyline") == 2


def test_lines_differ_in_more_than_colour(chart: LiveChart) -> None:
    """Two lines have different dash patterns, and each its name beside its end."""
    picture = drawing.svg(chart.chart)

    dashes = {match.group(0) for match in re.finditer(r"<polyline[^>]*?stroke-width[^>]*>", picture)}
    assert len({"dasharray" in line for line in dashes}) == 2
    assert "kept: 60" in picture
    assert "closed: 1" in picture


def test_the_picture_takes_the_colour_of_the_text_around_it(chart: LiveChart) -> None:
    """No colour of ink or ground is fixed, so that it fits any theme."""
    picture = drawing.svg(chart.chart)

    assert 'fill="currentColor"' in picture
    assert re.findall(r'(?:fill|stroke)="(?!currentColor|none|color-mix|var\()[^"]*"', picture) == []


def test_what_is_stored_needs_no_widget(chart: LiveChart) -> None:
    """The bundle holds the text, and a picture, the closing sentence and the figures as a table."""
    data = chart._repr_mimebundle_()

    assert data == {"text/plain": str(chart), "text/html": chart.to_html()}
    assert ">kept: 60</text>" in stored_pictures(data["text/html"])[0]
    assert "Too many open files at user 60</div>" in data["text/html"]
    assert '<th scope="col" style="text-align:right">closed</th>' in data["text/html"]


def test_the_finished_picture_takes_the_place_of_the_live_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is shown before `finish` is alive, and is replaced by what can be stored; later marks are, too."""
    shown: list[dict[str, str]] = []

    class Handle:
        def update(self, data: dict[str, str], raw: bool) -> None:
            assert raw
            shown.append(data)

    def display(data: dict[str, str], raw: bool, display_id: bool) -> Handle:
        assert raw
        assert display_id
        shown.append(data)
        return Handle()

    monkeypatch.setattr("IPython.display.display", display)
    chart = LiveChart("Open handles", "user", "handles")
    chart._ipython_display_()
    chart.add(1, 1)
    chart.finish("done")
    chart.mark_x(1, "your prediction")

    assert [WIDGET_VIEW in data for data in shown] == [True, False, False]
    assert "your prediction" in stored_pictures(shown[-1]["text/html"])[0]


def test_growth_is_straight_on_logarithmic_axes() -> None:
    """In proportion: one decade a decade. Nothing at all lies on the lowest tick."""
    chart = drawing.Chart("steps", "users", "", lines={"scan": [(5.0, 5.0), (5000.0, 5000.0)]}, log=True)
    points = [(5.0, 5.0), (50.0, 50.0), (5000.0, 5000.0)]
    chart.lines["steady"] = points
    picture = drawing.svg(chart, drawing.SMALL)

    (x1, y1), (x2, y2), (x3, y3) = (
        map(float, pair.split(",")) for pair in re.findall(r'points="([^"]*)"', picture)[1].split()
    )
    assert (y2 - y1) / (x2 - x1) == pytest.approx((y3 - y2) / (x3 - x2), rel=0.01)
    assert drawing.decades(0, 0) == [0.01, 0.1]
    assert drawing.decades(5, 5000) == [1, 10, 100, 1000, 10_000]
    assert drawing.decades(10, 1000) == [10, 100, 1000]


def test_words_of_the_caller_are_escaped() -> None:
    """A name with markup in it stays a name."""
    chart = LiveChart("<b>title</b>", "x", "y")
    chart.add(1, 2, series="<script>")
    chart.finish("<i>")

    assert "<script>" not in chart.to_html()
    assert "<i>" not in chart.to_html()
    ElementTree.fromstring(drawing.svg(chart.chart))


def test_threads_may_add() -> None:
    """Points added by several threads are all there after finish."""
    chart = LiveChart("t", "x", "y")
    workers = [
        threading.Thread(target=lambda name=name: [chart.add(x, x, series=name) for x in range(200)]) for name in "abcd"
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    chart.finish()

    assert {name: len(line) for name, line in chart.chart.lines.items()} == dict.fromkeys("abcd", 200)


@pytest.mark.parametrize(("largest", "last"), [(1, 1), (3, 3), (64, 80), (100, 100), (1001, 1500), (0.004, 0.004)])
def test_ticks_are_round_and_reach(largest: float, last: float) -> None:
    """The axis ends on a round number at or beyond the largest figure."""
    assert drawing.ticks(largest)[-1] == pytest.approx(last)


def test_an_empty_chart_can_be_drawn() -> None:
    """Before the first point there are axes and words, and no error."""
    chart = LiveChart("Nothing yet", "x", "y")

    ElementTree.fromstring(drawing.svg(chart.chart))
    assert str(chart) == "Nothing yet: y against x."


def test_many_points_stay_a_small_picture() -> None:
    """A long run is thinned for drawing, its last point kept."""
    points = [(float(x), float(x % 7)) for x in range(10_000)]

    thin = drawing.thinned(points, drawing.MANY)
    assert len(thin) <= drawing.MANY + 1
    assert thin[-1] == points[-1]

"""The live chart: picture, table and words say the same, and nothing depends on a page being there."""

from __future__ import annotations

import base64
import re
import threading
import xml.etree.ElementTree as ElementTree

import pytest

from course_lib.widgets import chart_drawing as drawing
from course_lib.widgets.live_chart import LiveChart


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
    for paper in (True, False):
        picture = drawing.svg(chart.chart, paper)

        assert picture == drawing.svg(chart.chart, paper)
        root = ElementTree.fromstring(picture)
        assert root.get("role") == "img"
        assert "kept: from 1 to 60" in str(root.get("aria-label"))
        assert picture.count("<polyline") == 2


def test_lines_differ_in_more_than_colour(chart: LiveChart) -> None:
    """Two lines have different dash patterns, and each its name beside its end."""
    picture = drawing.svg(chart.chart, paper=True)

    dashes = {match.group(0) for match in re.finditer(r"<polyline[^>]*?stroke-width[^>]*>", picture)}
    assert len({"dasharray" in line for line in dashes}) == 2
    assert "kept: 60" in picture
    assert "closed: 1" in picture


def test_page_follows_the_theme_and_paper_brings_its_own_ground(chart: LiveChart) -> None:
    """On a page the ink is the text's colour; as a stored picture it stands on white."""
    assert "currentColor" in chart.picture
    assert "currentColor" not in drawing.svg(chart.chart, paper=True)
    assert 'fill="#fff"' in drawing.svg(chart.chart, paper=True)


def test_stored_form_needs_no_widget(chart: LiveChart) -> None:
    """The bundle holds text and a picture with a description and the figures as a table."""
    data, _metadata = chart._repr_mimebundle_()

    assert data["text/plain"] == str(chart)
    stored = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', data["text/html"])
    assert stored is not None
    ElementTree.fromstring(base64.b64decode(stored.group(1)))
    assert "<table>" in data["text/html"]


def test_words_of_the_caller_are_escaped() -> None:
    """A name with markup in it stays a name."""
    chart = LiveChart("<b>title</b>", "x", "y")
    chart.add(1, 2, series="<script>")
    chart.finish("<i>")

    assert "<script>" not in chart.picture + chart.figures
    ElementTree.fromstring(chart.picture)


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

    ElementTree.fromstring(chart.picture)
    assert str(chart) == "Nothing yet: y against x."


def test_many_points_stay_a_small_picture() -> None:
    """A long run is thinned for drawing, its last point kept."""
    points = [(float(x), float(x % 7)) for x in range(10_000)]

    thin = drawing.thinned(points, drawing.MANY)
    assert len(thin) <= drawing.MANY + 1
    assert thin[-1] == points[-1]

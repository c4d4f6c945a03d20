"""A replay says the same as text, as a picture and as a widget, and no word of it lies over another lane."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest

from course_lib.interleavings import find_race
from course_lib.interleavings.telling.trace import Trace
from course_lib.widgets.page import WIDGET_VIEW
from course_lib.widgets.replay import LETTER, PAGE, Replay, svg, trace_of

SVG = "{http://www.w3.org/2000/svg}"


class Counter:
    def __init__(self) -> None:
        self.count_of_everything_seen = 0

    def add(self) -> None:
        self.count_of_everything_seen += 1


def lost_update(threads: int = 2) -> Trace:
    trace = find_race(Counter, [Counter.add] * threads, lambda c: c.count_of_everything_seen == threads).trace
    assert trace is not None
    return trace


def test_it_says_the_same_as_text_as_picture_and_as_widget() -> None:
    trace = lost_update()
    replay = Replay(trace)
    data = replay._repr_mimebundle_()

    assert data["text/plain"] == str(trace) == str(replay)
    assert data["text/html"] == replay.to_html()
    assert replay.widget.picture == svg(trace)
    assert WIDGET_VIEW in data
    assert replay.widget.last == replay.widget.step == len(trace.steps) == len(replay.widget.words) - 1
    assert svg(trace).count("<path") == 2, "the arrow of the lost update"


def test_the_evidence_of_a_verdict_is_a_trace() -> None:
    trace = lost_update()

    assert trace_of({"kind": "schedule", "trace": trace.to_plain()}) == Replay(trace.to_plain()).trace


@pytest.mark.parametrize("threads", [2, 3])
def test_every_word_lies_in_its_own_lane_and_in_the_picture(threads: int) -> None:
    trace = lost_update(threads)
    picture = ElementTree.fromstring(svg(trace))
    lanes = [float(line.get("x1", 0)) for line in picture.findall(f"{SVG}line") if line.get("stroke-width") == "3"]
    width = float(picture.get("width", 0))
    said = 0
    for step in picture.findall(f"{SVG}g"):
        (circle,) = step.findall(f"{SVG}circle") or (None,)
        if circle is None:
            continue
        left = float(circle.get("cx", 0))
        right = min([lane for lane in lanes if lane > left], default=width)
        for line in step.iter(f"{SVG}tspan"):
            assert float(line.get("x", 0)) + len(line.text or "") * LETTER <= right
            said += 1
    assert said >= len(trace.steps)
    assert width <= PAGE + 20


def test_no_word_is_lost_where_a_lane_is_too_narrow() -> None:
    trace = lost_update(3)
    shown = "".join("".join(ElementTree.fromstring(svg(trace)).itertext()).split())

    for step in trace.steps:
        assert "".join(step.in_words().split("  (computed")[0].split()) in shown

"""The slider that varies a number: measured once a value, drawn, kept in words, and nothing lost when it goes wrong."""

from __future__ import annotations

from course_lib.widgets.page import WIDGET_VIEW
from course_lib.widgets.vary import vary


def test_each_place_is_measured_once_and_stays_in_the_chart() -> None:
    asked: list[float] = []

    def squared(value: float) -> float:
        asked.append(value)
        return value**2

    varied = vary("size", (1, 2, 10), squared, "work")
    assert varied.at(10) == {"work": 100}
    varied._slider.at = 1  # what the page does
    varied._slider.at = 2
    assert asked == [1, 10, 2]
    assert varied.told == "size 10: work 100"
    assert [line.split() for line in str(varied).splitlines()[-3:]] == [["1", "1"], ["2", "4"], ["10", "100"]]
    assert varied._slider.told == varied.told
    assert varied._slider.picture.count("<circle") == 3  # where it was measured, and nowhere else


def test_several_figures_are_a_line_each_and_it_may_begin_elsewhere() -> None:
    varied = vary("users", (2, 4), lambda users: {"all": users, "mine": users - 1}, "users seen", at=4)
    assert varied.told == "users 4: all 4, mine 3"
    assert list(varied.chart.lines) == ["all", "mine"]
    assert varied._slider.at == 1


def test_what_goes_wrong_is_told_and_can_be_tried_again() -> None:
    results = iter([1.0, ZeroDivisionError("oh"), 2.0])

    def measure(_value: float) -> float:
        found = next(results)
        if isinstance(found, Exception):
            raise found
        return found

    varied = vary("limit", (1, 2), measure)
    assert varied.at(2) == {}
    assert varied.told == "limit 2: ZeroDivisionError: oh"
    assert varied.at(2) == {"measured": 2.0}


def test_without_a_kernel_the_chart_stands_as_it_was_left() -> None:
    varied = vary("<users>", (1, 2), lambda users: users * 7, "queries")
    varied.at(2)
    data = varied._repr_mimebundle_()
    assert "&lt;users&gt; 2: queries 14" in data["text/html"]
    assert "<img" in data["text/html"]
    assert WIDGET_VIEW in data

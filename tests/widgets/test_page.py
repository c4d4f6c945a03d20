"""How a view gets into a notebook: the same words three times, and a picture that lasts and fits the theme."""

from __future__ import annotations

import re

import pytest

from course_lib.widgets import page
from tests.widgets.pictures import stored_pictures


class Words(page.View):
    def __str__(self) -> str:
        return "two words"

    def to_html(self) -> str:
        return "<p>two words</p>"


class Alive(Words):
    """With a live part, whose own words are of no use."""

    @property
    def widget(self) -> object:
        class Widget:
            def _repr_mimebundle_(self) -> object:
                return {"text/plain": "Widget(…)", page.WIDGET_VIEW: {"model_id": "7"}}, {"metadata": 1}

        return Widget()


def test_a_view_is_its_words_and_its_html() -> None:
    assert repr(Words()) == "two words"
    assert Words()._repr_mimebundle_(include=None, exclude=None) == {
        "text/plain": "two words",
        "text/html": "<p>two words</p>",
    }


def test_a_live_part_stands_beside_them_and_is_left_out_of_what_is_stored() -> None:
    assert Alive()._repr_mimebundle_() == {**Words().static_bundle(), page.WIDGET_VIEW: {"model_id": "7"}}
    assert Alive().static_bundle() == Words().static_bundle()


class Forms(page.LiveView, Alive):
    """Alive, and stored as it stood last."""

    told = "one"

    def to_html(self) -> str:
        return f"<p>{self.told}</p>"


def test_what_is_alive_is_stored_twice_and_the_first_follows_its_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """First how it stands, on a page that hides it where the second lives; then the widget by itself."""
    shown: list[dict[str, str]] = []

    class Handle:
        def update(self, data: dict[str, str], raw: bool) -> None:
            shown.append(data)

    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data) or Handle())
    view = Forms()
    view._ipython_display_()
    view.told = "two"
    view.changed()

    first, widget, second = shown
    assert widget == {page.WIDGET_VIEW: {"model_id": "7"}}
    assert first["text/plain"] == second["text/plain"] == "two words"
    assert "<p>one</p>" in first["text/html"] and "<p>two</p>" in second["text/html"]
    assert 'class="course-static course-stand-in"' in second["text/html"]


def test_a_stored_picture_has_words_and_a_ground_for_each_theme() -> None:
    html = page.stored(page.picture(20, 10, 'a "box"', ["<text>x &lt; y</text>"]), 'a "box"')
    (picture,) = stored_pictures(html)

    assert 'alt="a &quot;box&quot;"' in html
    assert "background:#fff" in picture
    assert re.search(r"prefers-color-scheme:dark\).*background:#111", picture)
    assert '[data-jp-theme-light="false"] .course-picture' in html


def test_what_is_told_to_a_table_is_escaped_in_its_head_alone() -> None:
    """The rows are HTML already."""
    html = page.table_html(["<b>"], [["<i>1</i>"]])

    assert "&lt;b&gt;" in html
    assert "<i>1</i>" in html
    assert "<thead>" not in page.table_html([], [["1"]])


@pytest.mark.parametrize("colour", [*page.SERIES, page.GREY])
def test_a_faint_colour_is_the_same_colour(colour: str) -> None:
    red, green, blue = (int(part) for part in re.findall(r"\d+", page.faint(colour))[:3])

    assert f"#{red:02X}{green:02X}{blue:02X}" == colour

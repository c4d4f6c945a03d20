"""The three steps of lesson 9's review form, good or not, where, which hazard: by mouse, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from playwright.sync_api import Locator, expect

from tests.browser.look import place
from tests.browser.page import Lab, NotebookPage, find_chromium
from tests.browser.test_by_keyboard import ACTIVE, OUTPUT, press, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]

CELL = """
from course_lib.hazards.defence.review_form import ReviewForm

ReviewForm("tools")
"""
NONE = "FINDINGS = [\n]"
ONE = 'FINDINGS = [\n    (3, 4, "unbounded_growth"),\n]'
SAY_NOT_YET = 'Say "not yet" first: a finding is a reason not to merge.'


@pytest.fixture
def opened(lab: Lab, tmp_path: Path) -> Iterator[NotebookPage]:
    draft = tmp_path / "review.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=[new_code_cell(CELL), new_code_cell("'next'")], metadata=kernel), draft)
    with lab.opened(place(lab, draft)) as page:
        page.run_all()
        yield page


def form_of(opened: NotebookPage) -> Locator:
    return opened.page.locator(f"{OUTPUT} .course-review")


def is_told(form: Locator, words: str) -> None:
    expect(form.get_by_role("status")).to_have_text(words)


def holds(form: Locator, findings: str) -> None:
    """The plain list underneath, which is what is judged."""
    expect(form.get_by_role("textbox", name="Your list:")).to_have_value(findings)


def drag(opened: NotebookPage, first: Locator, last: Locator) -> None:
    first.scroll_into_view_if_needed()
    begin, end = first.bounding_box(), last.bounding_box()
    assert begin and end
    mouse = opened.page.mouse
    mouse.move(begin["x"] + 20, begin["y"] + begin["height"] / 2)
    mouse.down()
    mouse.move(end["x"] + 20, end["y"] + end["height"] / 2, steps=5)
    mouse.up()


def test_the_three_steps_by_mouse(opened: NotebookPage) -> None:
    """Not the hazard's own list, which the system draws: it is set as its click would set it."""
    form = form_of(opened)
    lines = form.get_by_role("listbox").first.get_by_role("option")
    add = form.get_by_role("button", name="Add this finding")
    holds(form, NONE)

    form.get_by_role("button", name="good as it is").click()
    drag(opened, lines.nth(2), lines.nth(3))
    add.click()
    is_told(form, SAY_NOT_YET)
    holds(form, NONE)

    form.get_by_role("button", name="not yet").click()
    add.click()
    is_told(form, "Choose the hazard first.")
    form.get_by_role("combobox", name="3. Which?").select_option(label="Unbounded growth: who forgets it?")
    add.click()
    is_told(form, "Added: lines 3 to 4, unbounded_growth.")
    holds(form, ONE)

    lines.nth(8).click()
    lines.nth(10).click(modifiers=["Shift"])
    form.get_by_role("combobox", name="3. Which?").select_option(index=1)
    add.click()
    is_told(form, "Added: lines 9 to 11, resource_leaks.")
    form.get_by_role("button", name="Take the last one out").click()
    is_told(form, "Taken out: lines 9 to 11, resource_leaks.")
    holds(form, ONE)
    form.get_by_role("button", name="good as it is").click()
    is_told(form, "The list holds 1, and it is what counts.")
    assert opened.problems() == []


def test_the_three_steps_by_keyboard(opened: NotebookPage) -> None:
    """From the form's own cell into the form, through it, and out of it: no hand leaves the keys."""
    form = form_of(opened)
    opened.page.evaluate("() => { jupyterapp.shell.currentWidget.content.activeCellIndex = 0; }")
    opened.page.evaluate("() => jupyterapp.shell.currentWidget.content.activeCell.node.focus()")
    tab_to(opened, "good as it is")
    press(opened, " ")
    tab_to(opened, "2. Where?")
    press(opened, "Home", "ArrowDown", "ArrowDown", "Shift+ArrowDown")
    tab_to(opened, "3. Which?")
    press(opened, "ArrowDown", "ArrowDown")
    tab_to(opened, "Add this finding")
    press(opened, "Enter")
    is_told(form, SAY_NOT_YET)
    holds(form, NONE)

    back_to(opened, "not yet")
    press(opened, " ")
    tab_to(opened, "Add this finding")
    press(opened, " ")
    is_told(form, "Added: lines 3 to 4, unbounded_growth.")
    holds(form, ONE)
    tab_to(opened, "Take the last one out")
    press(opened, "Enter")
    is_told(form, "Taken out: lines 3 to 4, unbounded_growth.")
    holds(form, NONE)
    press(opened, "Escape")
    assert opened.page.evaluate(ACTIVE) == 0
    expect(form.get_by_role("button", name="Take the last one out")).not_to_be_focused()
    assert opened.problems() == []


def back_to(opened: NotebookPage, name: str) -> None:
    """Presses Shift and Tab until what has the focus is called that."""
    for _ in range(10):
        opened.page.keyboard.press("Shift+Tab")
        if opened.page.evaluate("() => document.activeElement.textContent") == name:
            return
    raise AssertionError(f"ten steps back did not lead to {name}")

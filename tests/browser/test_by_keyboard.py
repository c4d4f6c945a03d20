"""By keyboard alone: into a prediction and out of it, and the review form of lesson 9 from a line to the list."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from playwright.sync_api import expect

from tests.browser.look import place
from tests.browser.page import Lab, NotebookPage, find_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]

PREDICT = """
from course_lib.widgets.predict import predict

predict("01_open_files", "How many?", "users")
"""
REVIEW = """
from course_lib.hazards.defence.review_form import ReviewForm

ReviewForm("tools")
"""
OUTPUT = ".jp-OutputArea-output:visible"
ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
FIRST = "() => { jupyterapp.shell.currentWidget.content.activeCellIndex = 0; }"
RUN = "() => jupyterapp.commands.execute('notebook:run-cell-and-select-next')"


PACE = 500  # ms between two keys, as from a hand: a form answers each one, and the kernel may be slow to
IDLE = "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle'"


def press(opened: NotebookPage, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)
        opened.page.wait_for_timeout(PACE)
        opened.page.wait_for_function(IDLE)


def tab_to(opened: NotebookPage, name: str) -> None:
    """Presses Tab until what has the focus is called that."""
    for _ in range(40):
        opened.page.keyboard.press("Tab")
        if name in opened.page.evaluate("() => document.activeElement.textContent + document.activeElement.ariaLabel"):
            return
        if opened.page.evaluate("name => document.activeElement.labels?.[0]?.textContent.includes(name)", name):
            return
    raise AssertionError(f"forty Tabs did not lead to {name}")


def test_into_a_form_and_out_of_it(lab: Lab, tmp_path: Path) -> None:
    draft = tmp_path / "keyboard.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [new_code_cell(PREDICT), new_code_cell(REVIEW), new_code_cell("'next'")]
    nbformat.write(new_notebook(cells=cells, metadata=kernel), draft)
    with lab.opened(place(lab, draft)) as opened:
        output = opened.page.locator(OUTPUT)
        opened.page.evaluate(FIRST)
        opened.page.evaluate(RUN)
        field = output.get_by_role("textbox", name="Answer:")
        expect(field).to_be_focused()  # the cell was run, and one can type at once

        opened.page.keyboard.type("151", delay=PACE)
        press(opened, "Escape")
        expect(field).not_to_be_focused()
        assert opened.page.evaluate(ACTIVE) == 0
        field.focus()
        press(opened, "Shift+Enter")
        expect(field).not_to_be_focused()
        assert opened.page.evaluate(ACTIVE) == 1
        expect(output.get_by_text("Kept")).to_have_count(0)
        assert opened.cells()[1]["execution_count"] is None  # nothing was run on the way out

        field.focus()
        press(opened, "Enter")
        expect(output.get_by_text("Answer with a whole number from 0 to 150.")).to_be_visible()
        press(opened, "Backspace", "Tab", "ArrowDown")
        field.focus()
        press(opened, "Enter")
        expect(output.get_by_text("Kept: 15 users, 75 % sure. Now measure.")).to_be_visible()
        press(opened, "Shift+Enter")
        assert opened.page.evaluate(ACTIVE) == 1

        opened.page.evaluate(RUN)
        expect(output.get_by_text("Choose the line, or the lines")).to_be_visible()
        output.get_by_role("listbox").first.focus()
        press(opened, "Home", "ArrowDown", "ArrowDown", "Shift+ArrowDown", "Tab", "ArrowDown")
        tab_to(opened, "Add")
        press(opened, "Enter")
        expect(output.get_by_text("Added: lines 3 to 4")).to_be_visible()
        tab_to(opened, "last")
        press(opened, " ")
        expect(output.get_by_text("Taken out: lines 3 to 4")).to_be_visible()
        assert [one for one in opened.problems() if not one.endswith("was not run")] == []

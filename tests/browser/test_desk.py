"""The row under a verdict in the real JupyterLab: one hint at a time, the edit that was not run, the starter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from playwright.sync_api import Locator, expect

from tests.browser.page import Lab, NotebookPage, find_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]

CELLS = {
    "setup": "from course_lib.notebook import check, reset",
    "mine": "def common_ids(left, right):\n    print('hello')\n    return list(left)",
    "check": "check(common_ids)",
    "more": "6 * 7",
}
STEM = "06_data_structures"


@pytest.fixture
def opened(lab: Lab) -> Iterator[NotebookPage]:
    """The exercise's file with these cells, run; afterwards it is as it was delivered."""
    exercise = lab.course / "exercises" / f"{STEM}.ipynb"
    delivered = exercise.read_bytes()
    for kept in (lab.course / "exercises").glob(f"{STEM}.kept-*"):
        kept.unlink()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [new_code_cell(source, id=name) for name, source in CELLS.items()]
    nbformat.write(new_notebook(cells=cells, metadata=kernel), exercise)
    with lab.opened(f"exercises/{STEM}.ipynb") as page:
        page.run_all()
        yield page
    exercise.write_bytes(delivered)


def desk_of(opened: NotebookPage) -> Locator:
    return opened.page.get_by_role("group", name="Help with common_ids").locator("xpath=..")


def kept_by(lab: Lab) -> list[str]:
    return sorted(path.name for path in (lab.course / "exercises").glob(f"{STEM}.kept-*"))


def test_hints_come_one_at_a_time_by_the_keyboard_and_end_at_an_answer(opened: NotebookPage) -> None:
    """Enter and Space press a button; the last hint names the answer, which is there after one question."""
    desk = desk_of(opened)
    desk.get_by_role("button", name="Hint").focus()
    opened.page.keyboard.press("Enter")
    expect(desk.get_by_text("Hint 1 of 3 for the check")).to_be_visible()
    desk.get_by_role("button", name="Next hint (2 left)").press(" ")
    expect(desk.get_by_text("Hint 2 of 3 for the check")).to_be_visible()
    expect(desk.get_by_text("Hint 1 of 3")).to_have_count(0)
    desk.get_by_role("button", name="Next hint (1 left)").click()
    expect(desk.get_by_text('An answer: solution("common_ids")')).to_be_visible()
    expect(desk.get_by_role("button", name="The last hint again")).to_be_visible()

    opened.page.keyboard.press("Tab")
    expect(desk.get_by_role("button", name="An answer")).to_be_focused()
    opened.page.keyboard.press("Enter")
    expect(desk.get_by_text("First one question")).to_be_visible()
    opened.page.keyboard.press("Enter")
    expect(desk.get_by_text("dict.fromkeys(left)").first).to_be_visible()
    assert opened.problems() == []


def test_an_edit_that_was_not_run_is_said_and_run_again_it_is_not(opened: NotebookPage) -> None:
    """The verdict names the cell by the number in its brackets; the page alone sees what is typed and not saved."""
    output = opened.page.locator(".jp-OutputArea-output:visible")
    expect(output.get_by_text("Judged: your cell [2], run ")).to_be_visible()
    expect(output.get_by_text("hello").first).to_be_visible()
    edited = desk_of(opened).get_by_text("Cell [2] was edited since it ran")
    expect(edited).to_have_count(0)

    opened.page.locator(".cm-content").nth(1).click()
    opened.page.keyboard.press("Control+End")
    opened.page.keyboard.type(" * 1")
    expect(edited).to_be_visible()
    for _ in range(4):
        opened.page.keyboard.press("Backspace")
    expect(edited).to_have_count(0)


def test_the_task_is_put_back_in_the_page_and_what_stood_there_is_kept(opened: NotebookPage, lab: Lab) -> None:
    """Also what was never saved; and it is an edit like any other, which one step back undoes."""
    opened.put_sources({"mine": "def common_ids(left, right):\n    return 'never saved'"})
    desk_of(opened).get_by_role("button", name="Reset this task").click()
    expect(desk_of(opened).get_by_text("The cell is as it was delivered, once you run it.")).to_be_visible()

    source = {cell["id"]: "".join(cell["source"]) for cell in opened.cells()}["mine"]
    assert "one not in found" in source
    assert kept_by(lab) == [f"{STEM}.kept-1.common_ids.py"]
    assert "never saved" in (lab.course / "exercises" / kept_by(lab)[0]).read_text("utf-8")

    opened.page.locator(".cm-content").nth(1).click()
    opened.page.keyboard.press("Control+z")
    assert "one not in found" not in "".join(opened.cells()[1]["source"])


def test_reset_keeps_what_was_typed_and_not_saved(opened: NotebookPage, lab: Lab) -> None:
    """JupyterLab is asked to save first, while the cell that resets still runs."""
    opened.put_sources({"mine": "typed, and neither run nor saved", "more": "reset()"})
    opened.page.evaluate(
        "() => { jupyterapp.shell.currentWidget.content.activeCellIndex = 3;"
        " return jupyterapp.commands.execute('notebook:run-cell'); }"
    )
    output = opened.page.locator(".jp-OutputArea-output:visible")
    expect(output.get_by_text("JupyterLab has saved it first")).to_be_visible()

    assert kept_by(lab) == [f"{STEM}.kept-1.ipynb"]
    kept = Path(lab.course / "exercises" / kept_by(lab)[0]).read_text("utf-8")
    assert "typed, and neither run nor saved" in kept

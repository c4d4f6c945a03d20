"""A notebook that was saved, closed and opened again: every finished picture is there, without a kernel's help."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from playwright.sync_api import expect

from tests.browser.look import next_day, place
from tests.browser.page import Lab, NotebookPage, find_chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]

OUTPUT = ".jp-OutputArea-output:visible"

CELLS = {
    "chart": """
from IPython.display import display
from course_lib.widgets.live_chart import LiveChart

chart = LiveChart("Open handles", "user", "handles", x_max=20)
display(chart)
for user in range(20):
    chart.add(user, user)
chart.finish("The end of the chart")
""",
    "form": """
from course_lib.widgets.predict import predict

predict("key", "How many users?", "users")
""",
    "replay": """
from course_lib.interleavings import find_race
from course_lib.widgets.replay import Replay

class Counter:
    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1

Replay(find_race(Counter, [Counter.add] * 2, lambda counter: counter.count == 2).trace)
""",
    "check": """
from course_lib.notebook import check

def common_ids(left, right):
    return []

check(common_ids)
""",
    "slider": """
from course_lib.widgets.vary import vary

vary("size", (2, 3, 5), lambda size: size ** 2, "work")
""",
    "console": """
from flask import Flask
from course_lib.hazards.missing_authorization.request_console import RequestConsole

app = Flask("open")
app.add_url_rule("/<name>", "data", lambda name: f"the data of {name}")
RequestConsole(app, "ann", {}, "/ben")
""",
}


@pytest.fixture(scope="module")
def saved(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The cells above as a notebook that was run, used and saved; its path inside the course."""
    draft = tmp_path_factory.mktemp("saved") / "saved.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [new_code_cell(source, id=name) for name, source in CELLS.items()]
    nbformat.write(new_notebook(cells=cells, metadata=kernel), draft)
    notebook = place(lab, draft)
    with lab.opened(notebook) as opened:
        opened.run_all()
        output = opened.page.locator(OUTPUT)
        output.get_by_role("textbox", name="Answer:").fill("17")
        output.get_by_role("radio").first.check()
        output.get_by_role("button", name="Keep my prediction").click()
        expect(output.get_by_text("Kept: 17 users")).to_be_visible()
        output.get_by_role("textbox", name="GET").press("Enter")
        expect(output.get_by_text("the data of ben")).to_be_visible()
        output.get_by_role("slider", name="size").press("ArrowRight")
        expect(output.get_by_text("size 3: work 9")).to_be_visible()
        opened.save()
    return notebook


@contextmanager
def opened_with_its_widgets(lab: Lab, saved: str, tries: int = 3) -> Iterator[NotebookPage]:
    """The saved notebook, opened until its widgets are there; where they are not, all that stands in for them is.

    JupyterLab asks the kernel for widgets before it takes the notebook's own. Where a kernel's connection is lost just
    then it takes none, says nothing, and shows what stands in: seen once in some hundreds of openings.
    """
    for left in reversed(range(tries)):
        with lab.opened(saved) as again:
            again.settle()
            expect(again.page.locator(OUTPUT).get_by_text("Kept: 17 users")).to_be_visible()
            if again.page.locator(OUTPUT).get_by_role("textbox", name="Answer:").count() or not left:
                yield again
                return


def test_where_no_widget_was_saved_each_still_shows_how_it_stood(lab: Lab, saved: str) -> None:
    """A JupyterLab as it is installed keeps no widget's state: what stands in for it is seen, and no error."""
    assert next_day(lab, saved) == []
    with lab.opened(saved.replace("saved", "next-day-saved"), kernel=False) as again:
        output = again.page.locator(OUTPUT)
        expect(output.get_by_text("Kept: 17 users")).to_be_visible()
        expect(output.get_by_role("img", name="writes self.count: 1 -> 1").first).to_be_visible()
        expect(output.get_by_text("the data of ben")).to_be_visible()
        expect(output.get_by_text("size 3: work 9")).to_be_visible()
        expect(output.get_by_text("Judged: your cell [")).to_be_visible()
        expect(output.get_by_role("button", name="Hint")).to_have_count(0)
        again.settle()
        expect(again.page.get_by_text("model not found").locator("visible=true")).to_have_count(0)


def test_every_finished_picture_is_still_there(lab: Lab, saved: str) -> None:
    assert '"value": "17"' in json.dumps(nbformat.read(lab.course / saved, as_version=4).metadata["widgets"])
    with opened_with_its_widgets(lab, saved) as again:
        output = again.page.locator(OUTPUT)
        expect(output.get_by_text("The end of the chart")).to_be_visible()
        expect(output.get_by_role("img", name="from 0 to 19")).to_be_visible()
        expect(output.get_by_role("textbox", name="Answer:")).to_have_value("17")
        expect(output.get_by_text("writes self.count: 1 -> 1").first).to_be_visible()
        expect(output.get_by_text("the data of ben")).to_be_visible()
        again.settle()
        assert again.problems() == []

    stored = lab.course / saved
    stored.write_text(stored.read_text("utf-8").replace("range(20)", "range( 20)"), encoding="utf-8")
    with lab.opened(saved) as from_elsewhere:  # JupyterLab trusts it no longer
        output = from_elsewhere.page.locator(OUTPUT)
        expect(output.get_by_role("img", name="from 0 to 19")).to_be_visible()
        assert from_elsewhere.problems() == []

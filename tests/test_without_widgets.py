"""A lesson and an exercise under ipykernel alone, as VS Code runs them: nothing answers a widget, and none fails.

What it can't see: what such a program draws of the outputs.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from course_lib.hazards.coaching import coaching_for
from course_lib.syllabus import find_lesson
from tests.browser.server import REPOSITORY, copy_course

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_course(tmp_path_factory.mktemp("course") / "course")


def outputs_of(notebook: Path, *more: str) -> list[dict[str, Any]]:
    """What a kernel sends back for its cells and some more, while the other side knows nothing of widgets."""
    book = nbformat.read(notebook, as_version=4)
    book.cells += [nbformat.v4.new_code_cell(source) for source in more]
    client = NotebookClient(book, timeout=120, resources={"metadata": {"path": str(notebook.parent)}})
    client.on_comm_open_hooks = {}  # else nbclient stands in for the widgets' own program
    client.execute(env={**os.environ, "PYTHONPATH": str(notebook.parents[1])})
    return [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.slow
def test_a_lesson_runs_and_each_widget_shows_something_else_as_well(course: Path) -> None:
    """No error, nothing on standard error; in a live view, or before it, a picture and the text of the same."""
    shown = outputs_of(course / "notebooks/06_data_structures.ipynb")
    told = [output.get("data", {}) for output in shown]
    views = [at for at, data in enumerate(told) if WIDGET_VIEW in data]

    assert not [one for one in shown if one["output_type"] == "error" or one.get("name") == "stderr"]
    assert views
    for at in views:
        assert {"text/html", "text/plain"} <= {*told[at], *told[at - 1]}


@pytest.mark.slow
def test_a_check_tells_its_whole_verdict_as_text(course: Path) -> None:
    lesson = find_lesson("06_data_structures")
    assert lesson is not None and course != REPOSITORY
    answer = coaching_for(lesson, "common_ids").answers[0].code
    shown = outputs_of(course / "exercises/06_data_structures.ipynb", answer, "check(common_ids)")

    assert "common_ids: PASS" in " ".join(one.get("data", {}).get("text/plain", "") for one in shown[-2:])

"""Every notebook in the real JupyterLab, in Chromium, as a learner meets it.

Seen by the test: error output, standard error, the browser's console, failed requests and requests that leave this
machine, widgets that do not draw, anything wider than the page, in the light and in the dark theme, and a number in a
lesson's prose that is no longer what it was. Pictures for people are made by `python -m tests.browser.look`.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytest.importorskip("playwright", reason="playwright is not installed: no browser tests")

from tests.browser.controls import use_all
from tests.browser.look import look_at
from tests.browser.page import NARROW, Lab, NotebookPage, find_chromium
from tests.browser.server import REPOSITORY
from tests.figures.again import delivered, drifted_in, wanted, with_expressions

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine: no browser tests"),
]


def notebooks(folder: str) -> list[str]:
    found = (path for path in (REPOSITORY / folder).glob("*.ipynb") if ".kept-" not in path.name)
    return sorted(path.relative_to(REPOSITORY).as_posix() for path in found)


@pytest.mark.parametrize("notebook", notebooks("notebooks"))
def test_runs_and_looks_right_and_its_numbers_are_what_they_were(lab: Lab, notebook: str) -> None:
    """Beside the lesson's own cells run those that make its figures again."""
    stem = Path(notebook).stem
    entries = wanted(stem)
    nbformat.write(with_expressions(delivered(stem), entries), lab.course / notebook)

    assert look_at(lab, notebook) == []
    assert drifted_in(json.loads((lab.course / notebook).read_text("utf-8")), entries) == []


@pytest.mark.parametrize("solution", notebooks("solutions"))
def test_a_solution_looks_right_as_it_is_stored(lab: Lab, solution: str) -> None:
    """It is not run here: an exercise with the same answers is, below."""
    with lab.opened(solution, kernel=False) as page:
        page.settle()
        found = page.problems() + page.too_wide_in(NARROW) + page.out_of_reach_in_each_theme()
    assert found == []


def answers(exercise: str) -> dict[str, str]:
    """The solution's answer cells: source by cell id."""
    solution = json.loads((REPOSITORY / "solutions" / Path(exercise).name).read_text("utf-8"))
    return {
        cell["id"]: "".join(cell["source"])
        for cell in solution["cells"]
        if "answer" in cell["metadata"].get("tags", [])
    }


def verdicts(page: NotebookPage) -> dict[str, str]:
    """What each check cell says: source of the cell to the verdict's first line, `task: WORD`."""
    checks = [cell for cell in page.cells() if "check" in cell["metadata"].get("tags", [])]
    return {"".join(cell["source"]): first_verdict(cell["outputs"]) for cell in checks}


def first_verdict(outputs: list[dict[str, Any]]) -> str:
    """The first line of the output that is a verdict; beside it there may be a picture of the evidence."""
    texts = ["".join(output["data"].get("text/plain", "")) for output in outputs if "data" in output]
    lines = [text.partition("\n")[0] for text in texts]
    return next((line for line in lines if re.fullmatch(r"\w+: [A-Z ]+", line)), "no verdict")


@pytest.mark.parametrize("exercise", notebooks("exercises"))
def test_fails_as_delivered_and_passes_when_answered(lab: Lab, exercise: str) -> None:
    """A learner runs the notebook, types the answers in, and runs it again in the same kernel."""
    with lab.opened(exercise) as page:
        page.run_all()
        delivered, deaf = verdicts(page), use_all(page)  # a failed check may show a replay
        problems = page.problems()

        page.put_sources(answers(exercise))
        page.run_all()
        answered = verdicts(page)
        deaf += use_all(page)
        problems += page.out_of_reach_in_each_theme() + page.problems() + page.too_wide_in(NARROW) + deaf

    assert problems == []
    assert delivered, "no check cell showed a verdict"
    assert [text for text in delivered.values() if not text.endswith(": NOT YET")] == []
    assert answered.keys() == delivered.keys()
    assert [text for text in answered.values() if not text.endswith(": PASS")] == []


BROKEN = {
    "raises": ("1/0", "ZeroDivisionError"),
    "warns": ("import sys\nprint('careful', file=sys.stderr)", "on standard error"),
    "wide": ("from IPython.display import HTML\nHTML('<div style=\"width:3000px\">wide</div>')", "its output is"),
    "narrow": ("HTML('<div style=\"width:950px\">wide</div>')", "in a window of 900 px: cell narrow: its output is"),
    "unnamed": ("HTML('<input type=\"text\">')", "axe: label (critical)"),
    "pale": ("HTML('<p style=\"color:#aaa;background:#fff\">pale</p>')", "axe: color-contrast (serious)"),
    "calls-home": ("HTML('<img src=\"http://192.0.2.1/x.png\">')", "a request left this machine"),
    "no-picture": ('HTML(\'<img alt="the curve" src="missing.png">\')', "a picture is broken: the curve"),
    "complains": ("HTML('<script>console.error(\"worse\")</script>')", "console: worse"),
    "breaks": ("HTML('<script>setTimeout(() => { throw new Error(\"broke\") })</script>')", "the page raised: broke"),
    "no-widget": (
        "from IPython.display import display\n"
        "display({'application/vnd.jupyter.widget-view+json': {'model_id': 'gone', 'version_major': 2}}, raw=True)",
        "a widget was not drawn",
    ),
    "deaf": ('HTML(\'<input type="range" min="0" max="5"><button>Play</button>\')', "Play does not move the slider"),
}


def test_what_is_wrong_is_seen(lab: Lab) -> None:
    """Each kind of problem that the other tests look for is planted once, and each is reported."""
    cells = [new_code_cell(source, id=name) for name, (source, _) in BROKEN.items() if name != "raises"]
    cells.append(new_code_cell(BROKEN["raises"][0], id="raises"))
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), lab.course / "notebooks" / "broken.ipynb")

    problems = "\n".join(look_at(lab, "notebooks/broken.ipynb"))

    assert [name for name, (_, told) in BROKEN.items() if told not in problems] == [], problems

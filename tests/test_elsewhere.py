"""Where a system lacks what a lesson shows, the lesson says so in one sentence and goes on.

Windows is stood in for by `tests/without_unix`, which takes from a Python what that has not, and the judge is `spawn`.
Of each lesson that meets such a thing the cells up to there are run, and those that compare with it after. What this
can't see: Windows itself.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import REPOSITORY, copy_course
from tests.test_without_widgets import outputs_of

WITHOUT_UNIX = {
    "COURSE_JUDGE": "spawn",
    "PYTHONPATH": os.pathsep.join(map(str, (REPOSITORY / "tests/without_unix", REPOSITORY))),
}
NO_FILES = "this system has no limit of open files that a process can lower (Linux and macOS have)"
NO_CEILING = "this system has no ceiling of memory that a process can set for itself (Linux has)"
MEETS = {  # by lesson: what it imports to meet a limit, the last cell to run, the sentence
    "01_resource_leaks": ("climb", "compare(", NO_FILES),
    "02_unbounded_growth": ("climb_memory", "compare(", NO_CEILING),
}


def printed_without_unix(source: str) -> str:
    """What the program prints where that is missing; it ends well."""
    asked = [sys.executable, "-c", source]
    environment = {**os.environ, **WITHOUT_UNIX}
    done = subprocess.run(asked, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_climb_without_a_limit_goes_to_the_end_and_says_so() -> None:
    told = printed_without_unix(
        "from course_lib.instruments.climbing import climb, climb_memory\n"
        "from tests.instruments.handle_exporters import export_into_cache\n"
        "from tests.instruments.test_climbing import keep_few\n"
        "run = climb(export_into_cache, users=50, limit=40, pause=0)\n"
        "list(run), print(run)\n"
        "run = climb_memory(keep_few, operations=2_000)\n"
        "list(run), print(run)\n"
    )

    assert told.splitlines() == [
        f"all 50 users exported, at most 50 open at once; {NO_FILES}",
        f"all 2,000 operations done, still alive; {NO_CEILING}",
    ]


def test_a_run_of_production_says_that_it_had_no_limit() -> None:
    told = printed_without_unix(
        "from course_lib.production.report import Run\nprint(Run.last_word.fget(None), hasattr(Run, 'to_html'))\n"
    )

    assert "This system has no limit of open files that a process can lower, so the service ran without one." in told


def test_what_cannot_be_tried_without_a_copy_of_the_process_says_so() -> None:
    told = printed_without_unix("from course_lib.widgets.attacked import attacked\nprint(attacked(lambda: 1 / 0))\n")

    assert told.strip() == "Not judged: this system can't copy a process, so nothing was tried."


def cells_up_to(notebook: Path, last: str, after: str) -> None:
    """Cuts the notebook behind the first cell that begins with `last` and comes after the one that imports `after`.

    Where nothing ends a run, it is a short one.
    """
    book = json.loads(notebook.read_text("utf-8").replace("operations=300_000", "operations=20_000"))
    sources = ["".join(cell["source"]) for cell in book["cells"]]
    met = next(at for at, source in enumerate(sources) if f"import {after}" in source)
    end = next(at for at, source in enumerate(sources) if at > met and source.startswith(last))
    notebook.write_text(json.dumps({**book, "cells": book["cells"][: end + 1]}), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("lesson", MEETS)
def test_a_lesson_says_it_and_goes_on(lesson: str, tmp_path: Path) -> None:
    """No error, the sentence, and the cell after it has something to compare with."""
    tool, last, sentence = MEETS[lesson]
    notebook = copy_course(tmp_path / "course") / "notebooks" / f"{lesson}.ipynb"
    cells_up_to(notebook, last, tool)
    shown = outputs_of(notebook, environment=WITHOUT_UNIX)
    told = " ".join(f"{one.get('text', '')} {one.get('data', {}).get('text/plain', '')}" for one in shown)

    assert [one["evalue"] for one in shown if one["output_type"] == "error"] == []
    assert sentence in " ".join(told.split())
    assert shown[-1]["data"]["text/plain"].startswith("measured: ")

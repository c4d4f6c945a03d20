"""Makes every number in the prose again: `make figures`, or `python -m tests.figures [NN_slug …]`.

Each notebook is run once in a kernel of its own, in an empty folder. Beside its own cells run the expressions of the
table, where the prose stands that quotes them. Printed is a line for each notebook, and what has drifted. Exit status
0: every figure is what it was; 1: one is not, or could not be made; 2: no such notebook.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course_lib.exercise_files import ROOT
from tests.figures.again import delivered, drifted_in, wanted, with_expressions
from tests.figures.held import lost_words
from tests.figures.table import FIGURES

SECONDS_A_CELL = 300


def run(notebook: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_PROGRESS"] = str(Path(folder) / "progress.jsonl")
        NotebookClient(notebook, timeout=SECONDS_A_CELL, kernel_name="python3").execute(cwd=folder)


def hold(stem: str) -> bool:
    """Whether every figure of that notebook is what it was; says what is not."""
    entries = wanted(stem)
    if gone := lost_words(delivered(stem), FIGURES[stem]):
        print(f"{stem}: the prose is not what the table says", *gone, sep="\n    ")
        return False
    notebook = with_expressions(delivered(stem), entries)
    try:
        run(notebook)
    except CellExecutionError as problem:
        print(f"{stem}: could not be run\n{problem}")
        return False
    found = drifted_in(notebook, entries)
    print(f"{stem:<26} {len(entries):>3} made again, {len(found)} drifted", *found, sep="\n    ", flush=True)
    return not found


def main(stems: list[str]) -> int:
    if unknown := set(stems) - set(FIGURES):
        print(f"no figures are known of {', '.join(sorted(unknown))}; there are {', '.join(FIGURES)}")
        return 2
    os.environ["PYTHONPATH"] = str(ROOT)
    held = [hold(stem) for stem in stems or FIGURES]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

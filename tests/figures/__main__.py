"""Makes every number in the prose again: `make figures`, or `python -m tests.figures [NN_slug …]`.

Each notebook is run once in a kernel of its own, in an empty folder. Beside its own cells run the expressions of the
table, where the prose stands that quotes them. Printed is a line for each notebook, and what has drifted. Exit status
0: every figure is what it was; 1: one is not, or could not be made; 2: no such notebook.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course_lib.exercise_files import ROOT
from tests.figures.held import lost_words
from tests.figures.kinds import Answer, Made
from tests.figures.prose import prose, value
from tests.figures.table import ANSWERS, FIGURES

MARK = "figure-"
ASK = """\
from tests.figures.beside import evaluated as _evaluated
print("figure-" + _evaluated({expressions!r}, globals()))
"""
SECONDS_A_CELL = 300


def cell_of(made: Made | Answer, notebook: dict[str, Any]) -> str:
    """The cell after which the figure is made: the one that the entry names, or the prose that quotes it."""
    if isinstance(made, Answer):
        return next(cell["id"] for cell in notebook["cells"] if f'compare("{made.key}"' in cell["source"])
    return made.after or next(cell for cell, text in prose(notebook).items() if made.text in text)


def stored(stem: str) -> Path:
    return ROOT / "notebooks" / f"{stem}.ipynb"


def wanted(stem: str) -> list[Made | Answer]:
    """What is made again in that notebook."""
    return [*(entry for entry in FIGURES[stem] if isinstance(entry, Made)), *ANSWERS.get(stem, ())]


def with_expressions(notebook: Any, entries: list[Made | Answer]) -> Any:
    """The notebook with a cell for each entry, in its place."""
    after: dict[str, list[Any]] = {}
    for number, entry in enumerate(entries):
        expressions = entry.by if isinstance(entry, Made) else (entry.by,)
        cell = nbformat.v4.new_code_cell(ASK.format(expressions=expressions), id=f"{MARK}{number}")
        after.setdefault(cell_of(entry, notebook), []).append(cell)
    notebook["cells"] = [one for cell in notebook["cells"] for one in (cell, *after.get(cell["id"], ()))]
    return notebook


def made_again(stem: str, entries: list[Made | Answer]) -> list[list[float]]:
    """The values of each entry's expressions, out of one run of the notebook."""
    notebook = with_expressions(nbformat.read(stored(stem), as_version=4), entries)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_PROGRESS"] = str(Path(folder) / "progress.jsonl")
        NotebookClient(notebook, timeout=SECONDS_A_CELL, kernel_name="python3").execute(cwd=folder)
    told = {cell["id"]: cell["outputs"] for cell in notebook["cells"] if cell["id"].startswith(MARK)}
    return [values_in(told[f"{MARK}{number}"]) for number in range(len(entries))]


def values_in(outputs: list[Any]) -> list[float]:
    """What a cell of ours printed, whatever its expressions printed besides, in whatever pieces it came."""
    printed = "".join(output["text"] for output in outputs if output.get("name") == "stdout")
    values: list[float] = json.loads(printed.rpartition(MARK)[2])
    return values


def drifted(entry: Made | Answer, values: list[float]) -> Iterator[str]:
    """What the prose says and what it is now, where the two differ."""
    name = entry.text if isinstance(entry, Made) else f"the answer to {entry.key}"
    if entry.between:
        low, high = entry.between
        yield from (
            f"“{name}”: {one:g} is not between {low:g} and {high:g}" for one in values if not low <= one <= high
        )
        return
    said = list(map(value, entry.figures)) if isinstance(entry, Made) else [entry.value]
    if said != values:
        yield f"“{name}”: it is now {', '.join(f'{one:g}' for one in values)}"


def hold(stem: str) -> bool:
    """Whether every figure of that notebook is what it was; says what is not."""
    entries = wanted(stem)
    if gone := lost_words(nbformat.read(stored(stem), as_version=4), FIGURES[stem]):
        print(f"{stem}: the prose is not what the table says", *gone, sep="\n    ")
        return False
    try:
        values = made_again(stem, entries)
    except CellExecutionError as problem:
        print(f"{stem}: could not be run\n{problem}")
        return False
    found = [line for entry, one in zip(entries, values, strict=True) for line in drifted(entry, one)]
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
